# The cluster that stacks/crowded.ts is for: it does not fit. A VM with four GPUs needs a whole host, and any VM with
# one GPU that starts before it can take that host from it.
cluster "gpu-prod" {
  datacenter = "dc-1"

  drs { automation_level = "fullyAutomated" }
  ha {
    host_failures_to_tolerate = 1
    admission_control         = "resourcePercentage"
  }

  host "esx-[01-05].lab" {
    esxi       = "8.0.2"
    cpu_mhz    = 166400
    memory_mb  = 524288
    datastores = ["nvme-1"]
    networks   = ["gpu-net"]

    devices "10de:20f1" {
      count = 4
      label = "Shared"
    }
  }

  template "ubuntu-inference" {
    device {
      allowed = ["10de:20f1"]
      label   = "Shared"
    }
  }
}
