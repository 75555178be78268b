cluster "gpu" {
  drs {}
  host "n[1-2].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id    = "10de:20f1"
      label = "New"
    }
  }
  vm "llm" {
    host      = "n1.lab"
    memory_mb = 65536
    devices   = ["0000:10:00.0"]
    requests {
      allowed = ["10de:20f1"]
      label   = "Old"
    }
  }
}
