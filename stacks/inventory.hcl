# The cluster that stacks/main.ts is for: it fits, and survives the failure of any host.
cluster "gpu-prod" {
  datacenter = "dc-1"

  drs { automation_level = "fullyAutomated" }
  ha {
    host_failures_to_tolerate = 1
    admission_control         = "resourcePercentage"
  }

  host "esx-[01-03].lab" {
    esxi       = "8.0.2"
    cpu_mhz    = 166400
    memory_mb  = 524288
    datastores = ["nvme-1"]
    networks   = ["gpu-net"]

    device "0000:3b:00.0" {
      id    = "10de:20f1"
      label = "Training"
    }
    device "0000:5e:00.0" {
      id    = "10de:20f1"
      label = "Training"
    }
    device "0000:af:00.0" {
      id    = "10de:20f1"
      label = "Training"
    }
    device "0000:d8:00.0" {
      id    = "10de:20f1"
      label = "Training"
    }
  }

  host "esx-[04-05].lab" {
    esxi       = "8.0.2"
    cpu_mhz    = 166400
    memory_mb  = 524288
    datastores = ["nvme-1"]
    networks   = ["gpu-net"]

    device "0000:3b:00.0" {
      id    = "10de:20f1"
      label = "Inference"
    }
    device "0000:5e:00.0" {
      id    = "10de:20f1"
      label = "Inference"
    }
    device "0000:af:00.0" {
      id    = "10de:20f1"
      label = "Inference"
    }
    device "0000:d8:00.0" {
      id    = "10de:20f1"
      label = "Inference"
    }
  }

  # Somebody's notebook server runs already, in no stack.
  vm "notebooks" {
    host      = "esx-05.lab"
    memory_mb = 65536
    devices   = ["0000:3b:00.0"]
  }

  # What the inference stack clones.
  template "ubuntu-inference" {
    device {
      allowed = ["10de:20f1"]
      label   = "Inference"
    }
  }
}
