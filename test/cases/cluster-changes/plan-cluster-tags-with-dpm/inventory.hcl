cluster "gpu" {
  id               = "domain-c8"
  resource_pool_id = "resgroup-9"
  drs { automation_level = "fullyAutomated" }
  host "h1" {
    id        = "host-1"
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" { id = "10de:20f1" }

  }
  host "h2" {
    id        = "host-2"
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" { id = "10de:20f1" }

  }
  template "t1" {
    device { allowed = ["10de:20f1"] }
  }
}
