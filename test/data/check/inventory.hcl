cluster "gpu-prod" {
  drs {}
  ha {}
  host "esx-[1-4].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
    devices "10de:20f1" {
      count = 4
    }
  }
  template "golden" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
