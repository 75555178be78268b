import { ByEffect } from "./effect";

/** Resource types of the vSphere provider 2.16.1 that decide where VMs start and come back. */
export const CLUSTER_RESOURCES: Readonly<Record<string, ByEffect>> = {
  vsphere_compute_cluster: {
    read: "id resource_pool_id name",
    replace: "datacenter_id",
    cluster: `
      host_system_ids host_managed
      drs_enabled drs_automation_level drs_enable_vm_overrides
      ha_enabled ha_host_monitoring ha_vm_restart_priority
      ha_admission_control_policy
      ha_admission_control_host_failure_tolerance
      ha_admission_control_resource_percentage_auto_compute
      ha_admission_control_resource_percentage_cpu
      ha_admission_control_resource_percentage_memory
      ha_admission_control_slot_policy_use_explicit_size
      ha_admission_control_failover_host_system_ids`,
    "not judged": `
      dpm_enabled dpm_automation_level
      drs_advanced_options ha_advanced_options
      proactive_ha_enabled proactive_ha_automation_level
      proactive_ha_moderate_remediation proactive_ha_severe_remediation`,
    harmless: `
      folder tags custom_attributes
      host_cluster_exit_timeout force_evacuate_on_destroy
      drs_migration_threshold drs_enable_predictive_drs drs_scale_descendants_shares
      dpm_threshold
      ha_vm_dependency_restart_condition ha_vm_restart_additional_delay ha_vm_restart_timeout
      ha_host_isolation_response
      ha_admission_control_performance_tolerance
      ha_admission_control_slot_policy_explicit_cpu ha_admission_control_slot_policy_explicit_memory
      ha_vm_component_protection
      ha_datastore_pdl_response ha_datastore_apd_response
      ha_datastore_apd_recovery_action ha_datastore_apd_response_delay
      ha_vm_monitoring ha_vm_failure_interval ha_vm_minimum_uptime
      ha_vm_maximum_resets ha_vm_maximum_failure_window
      ha_heartbeat_datastore_policy ha_heartbeat_datastore_ids
      proactive_ha_provider_ids
      evc_mode host_image
      vsan_enabled vsan_esa_enabled vsan_dedup_enabled vsan_compression_enabled
      vsan_performance_enabled vsan_verbose_mode_enabled vsan_network_diagnostic_mode_enabled vsan_unmap_enabled
      vsan_remote_datastore_ids vsan_dit_encryption_enabled vsan_dit_rekey_interval
      vsan_disk_group vsan_fault_domains vsan_stretched_cluster`,
  },
  vsphere_host: {
    read: "id hostname",
    cluster: "cluster cluster_managed connected maintenance",
    harmless: "username password thumbprint datacenter force license lockdown services tags custom_attributes",
  },
  vsphere_resource_pool: {
    read: "id name",
    cluster: `
      parent_resource_pool_id
      memory_reservation memory_expandable memory_limit
      cpu_reservation cpu_expandable cpu_limit`,
    harmless: "memory_share_level memory_shares cpu_share_level cpu_shares scale_descendants_shares tags custom_attributes",
  },
  vsphere_vapp_container: {
    read: "id name",
    cluster: `
      parent_resource_pool_id
      memory_reservation memory_expandable memory_limit
      cpu_reservation cpu_expandable cpu_limit`,
    harmless: "parent_folder_id memory_share_level memory_shares cpu_share_level cpu_shares tags custom_attributes",
  },
  vsphere_drs_vm_override: {
    read: "id",
    replace: "compute_cluster_id virtual_machine_id",
    cluster: "drs_enabled drs_automation_level",
  },
  vsphere_ha_vm_override: {
    read: "id",
    replace: "compute_cluster_id virtual_machine_id",
    cluster: "ha_vm_restart_priority",
    harmless: `
      ha_vm_restart_timeout ha_host_isolation_response
      ha_datastore_pdl_response ha_datastore_apd_response
      ha_datastore_apd_recovery_action ha_datastore_apd_response_delay
      ha_vm_monitoring_use_cluster_defaults ha_vm_monitoring ha_vm_failure_interval
      ha_vm_minimum_uptime ha_vm_maximum_resets ha_vm_maximum_failure_window`,
  },
  vsphere_compute_cluster_vm_affinity_rule: {
    read: "id name",
    replace: "compute_cluster_id",
    cluster: "virtual_machine_ids enabled mandatory",
  },
  vsphere_compute_cluster_vm_anti_affinity_rule: {
    read: "id name",
    replace: "compute_cluster_id",
    cluster: "virtual_machine_ids enabled mandatory",
  },
  vsphere_compute_cluster_vm_dependency_rule: {
    read: "id name",
    replace: "compute_cluster_id",
    cluster: "vm_group_name dependency_vm_group_name enabled mandatory",
  },
  vsphere_compute_cluster_vm_host_rule: {
    read: "id name",
    replace: "compute_cluster_id",
    cluster: "vm_group_name affinity_host_group_name anti_affinity_host_group_name enabled mandatory",
  },
  vsphere_compute_cluster_vm_group: {
    read: "id",
    replace: "name compute_cluster_id",
    cluster: "virtual_machine_ids",
  },
  vsphere_compute_cluster_host_group: {
    read: "id",
    replace: "name compute_cluster_id",
    cluster: "host_system_ids",
  },
  vsphere_dpm_host_override: {
    read: "id",
    replace: "compute_cluster_id host_system_id",
    "not judged": "dpm_enabled dpm_automation_level",
  },
  vsphere_configuration_profile: {
    read: "id schema",
    "not judged": "cluster_id configuration reference_host_id",
  },
  // VMs that Terraform knows nothing of, on the same hosts.
  vsphere_supervisor: {
    read: "id",
    "not judged": "cluster",
    harmless: `
      content_library dvs_uuid edge_cluster main_dns main_ntp search_domains sizing_hint storage_policy worker_dns worker_ntp
      egress_cidr ingress_cidr management_network namespace pod_cidr service_cidr`,
  },
  vsphere_supervisor_v2: {
    read: "id",
    "not judged": "cluster zones",
    harmless: "name control_plane timeouts workloads",
  },
  vsphere_virtual_machine_class: {
    read: "id",
    "not judged": "vgpu_devices",
    harmless: "name cpus memory cpu_reservation memory_reservation",
  },
  // It says what happens when the vApp as a whole is started, which no plan does.
  vsphere_vapp_entity: {
    read: "id",
    harmless: "container_id target_id start_action start_order start_delay stop_action stop_delay wait_for_guest tags custom_attributes",
  },
  vsphere_virtual_machine_snapshot: {
    replace: "virtual_machine_uuid snapshot_name description memory quiesce",
    harmless: "id remove_children consolidate",
  },
  vsphere_content_library_item: {
    read: "id",
    replace: "name library_id description file_url source_uuid type",
  },
  passthru_host_device: {
    read: "id enabled hardware_label apply_now active reboot_pending vendor_id device_id name vm found_enabled found_label",
    replace: "host_system_id pci_id",
  },
  passthru_template: {
    read: "id uuid",
    replace: "source_template_uuid name device hardware_version linked_clone datastore_id folder",
  },
};
