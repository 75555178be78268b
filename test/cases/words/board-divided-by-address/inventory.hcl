cluster "gpu" {
  id               = "domain-c8"
  resource_pool_id = "resgroup-9"
  drs { automation_level = "fullyAutomated" }
  host "h1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 2000000
    device "0000:10:00.0" { id = "10de:2330" }
    device "0000:20:00.0" { id = "10de:2330" }
    device "0000:30:00.0" { id = "10de:2330" }
    device "0000:40:00.0" { id = "10de:2330" }
    device "0000:50:00.0" { id = "10de:2330" }
    device "0000:60:00.0" { id = "10de:2330" }
    device "0000:70:00.0" { id = "10de:2330" }
    device "0000:80:00.0" { id = "10de:2330" }
  }
  template "t1" {}
}
