cluster "gpu-prod" {
  datacenter = "dc-1"

  drs { automation_level = "fullyAutomated" }          # enabled unless enabled = false
  ha {
    host_failures_to_tolerate = 1
    admission_control         = "resourcePercentage"    # slotPolicy, failoverHosts, disabled
  }

  host "esx-[01-04].lab" {                              # a range: four hosts
    esxi         = "8.0.2"
    cpu_mhz      = 166400                               # available to VMs
    memory_mb    = 1048576
    fault_domain = "rack-a"
    devices "10de:20f1" {                               # four alike, addresses made up
      count = 4
      label = "Training"
    }
  }
  host "esx-05.lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
    device "0000:af:00.0" {                             # one, by address
      id          = "10de:20f1"
      passthrough = "active"                            # pending-reboot, disabled, vgpu
    }
  }
  vm "existing-1" {                                     # already running
    host                  = "esx-05.lab"
    memory_mb             = 65536
    memory_reservation_mb = 65536
    devices               = ["0000:af:00.0"]
  }
  planned "next-quarter" {                              # not in this stack, but coming: part of every batch
    count     = 2
    memory_mb = 131072
    device { allowed = ["10de:20f1"] }
  }
  resource_pool "gpu" {                                 # Q1; nested ones name their parent
    memory_limit_mb       = 2097152
    memory_reservation_mb = 1048576
    expandable            = true                        # also parent, cpu_limit_mhz, cpu_reservation_mhz
  }
  host_rule "training-on-rack-a" {                      # VM-Host and VM-VM rules already in force
    vms       = ["existing-1"]
    hosts     = ["esx-05.lab"]
    mandatory = true
  }
  vm_rule "keep-apart" {
    vms  = ["existing-1", "existing-2"]
    type = "separate"                                   # together
  }
  template "ubuntu-a100" {                              # a VM template that carries dynamic devices
    device {
      allowed = ["10de:20f1"]
      label   = "Training"
    }
  }
}
