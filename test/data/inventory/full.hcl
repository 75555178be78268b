source {
  kind = "vcenter"
  at = "2026-11-23T10:00:00Z"
  server = "vc.lab"
  complete = true
}
cluster "gpu-prod" {
  datacenter = "dc-1"
  vcenter = "vc.lab"
  id = "domain-c8"
  resource_pool_id = "resgroup-9"
  accept = [
    "order-dependent",
  ]
  drs {
    enabled = true
    automation_level = "partiallyAutomated"
  }
  ha {
    enabled = true
    host_failures_to_tolerate = 2
    admission_control = "slotPolicy"
    cpu_percent = 25
    memory_percent = 30
    slot_cpu_mhz = 500
    slot_memory_mb = 4096
    failover_hosts = [
      "esx-03.lab",
    ]
    default_restart_priority = "high"
  }
  host "esx-[01-03].lab" {
    esxi = "8.0.2"
    cpu_mhz = 166400
    memory_mb = 1048576
    devices "10de:20f1" {
      count = 2
      label = "Training"
    }
  }
  host "esx-05.lab" {
    id = "host-21"
    esxi = "8.0"
    cpu_mhz = 166400
    cpu_core_mhz = 2600
    memory_mb = 1048576
    state = "maintenance"
    failover = false
    rebind_without_reboot = true
    fault_domain = "rack-a"
    datastores = [
      "nfs-1",
    ]
    networks = [
      "vlan-7",
    ]
    hardware_versions = [
      19,
      20,
    ]
    nvswitch {
      modules = [
        "0000:d8:00.0",
        "0000:af:00.0",
      ]
    }
    device "0000:d8:00.0" {
      id = "10de:20f1"
      subsystem = "10de:145f"
      revision = "a1"
      label = ""
      passthrough = "pending-reboot"
      healthy = false
      reserved = "NVLink group"
      bar1_gb = 64
      virtual_functions = 16
    }
    device "0000:af:00.0" {
      id = "10de:20f1"
    }
    device "0000:3b:00.0" {
      id = "10de:2331"
      passthrough = "vgpu"
      vgpu_mode = "mixedSize"
    }
  }
  vm "existing-1" {
    id = "vm-42"
    uuid = "4211-01"
    folder = "gpu/prod"
    host = "esx-05.lab"
    power = "on"
    memory_mb = 65536
    memory_reservation_mb = 65536
    cpu_reservation_mhz = 2000
    overhead_mb = 900
    cpus = 8
    firmware = "efi"
    hardware_version = 20
    resource_pool = "team"
    restart_priority = "highest"
    drs {
      enabled = false
      automation_level = "manual"
    }
    static = false
    devices = [
      "0000:af:00.0",
    ]
    request {
      allowed = [
        "10de:20f1",
      ]
      label = "Training"
    }
  }
  vm "existing-[2-3]" {
    host = "esx-[01-02].lab"
    memory_mb = 4096
    holds "10de:20f1" {
      count = 2
      label = "Training"
    }
  }
  vm "existing-1" {
    folder = "gpu/old"
    host = "esx-03.lab"
    power = "off"
  }
  vm "notebook-1" {
    host = "esx-05.lab"
    memory_mb = 65536
    vgpu "nvidia_h100-20c" {
      count = 1
      device = "0000:3b:00.0"
      start = 20
    }
    device_group "Nvidia:2@nvidia_h100xm-80c%NVLink" {
      devices = [
        "0000:1b:00.0",
        "0000:3b:00.0",
      ]
    }
  }
  planned "next-quarter" {
    count = 2
    memory_mb = 131072
    memory_reservation_mb = 131072
    cpu_reservation_mhz = 100
    overhead_mb = 2000
    cpus = 4
    hardware_version = 19
    resource_pool = "gpu"
    restart_priority = "low"
    device {
      allowed = [
        "10de:20f1:10de:145f",
      ]
      label = "Training"
    }
  }
  planned "notebooks" {
    memory_mb = 65536
    vgpu "nvidia_h100-40c" {
      count = 2
    }
    device_group "Nvidia:2@nvidia_h100xm-80c%NVLink" {
    }
  }
  template "ubuntu-a100" {
    uuid = "4211-77"
    hardware_version = 19
    device {
      allowed = [
        "0x10de:0x20f1",
      ]
      label = "Training"
    }
  }
  template "ubuntu-h100-40c" {
    vgpu "nvidia_h100-40c" {
      count = 2
    }
    device_group "Nvidia:2@nvidia_h100xm-80c%NVLink" {
    }
  }
  resource_pool "gpu" {
    id = "resgroup-12"
    cpu_reservation_mhz = 1000
    cpu_limit_mhz = 9000
    memory_reservation_mb = 1048576
    memory_limit_mb = 2097152
    expandable = false
  }
  resource_pool "team" {
    parent = "gpu"
  }
  host_rule "on-rack-a" {
    vms = [
      "existing-1",
    ]
    hosts = [
      "esx-05.lab",
    ]
    mandatory = false
  }
  vm_rule "keep-apart" {
    vms = [
      "existing-1",
      "existing-2",
    ]
    type = "separate"
    mandatory = true
  }
}
