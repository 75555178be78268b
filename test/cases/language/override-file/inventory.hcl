cluster "gpu" {
  drs { automation_level = "fullyAutomated" }
  host "h[1-2]" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    devices "10de:20f1" { count = 1 }
  }
  template "golden" {
    device { allowed = ["10de:20f1"] }
  }
}
