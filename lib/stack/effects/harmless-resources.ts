/**
 * Resource types of the vSphere provider 2.16.1 no argument of which decides where a VM starts or comes back, with those arguments. That
 * a VM's own datastore, network or library item follows from them is read at the VM.
 */
export const HARMLESS_RESOURCES: Readonly<Record<string, string>> = {
  vsphere_alarm: `
    advanced_action description email_action enabled entity_id entity_type event_expression expression_operator id
    metric_expression name snmp_action state_expression`,
  vsphere_content_library: "description id name publication storage_backing subscription",
  vsphere_custom_attribute: "id managed_object_type name",
  vsphere_datacenter: "custom_attributes folder id moid name tags",
  vsphere_datastore_cluster: `
    custom_attributes datacenter_id folder id name
    sdrs_advanced_options sdrs_automation_level sdrs_default_intra_vm_affinity sdrs_enabled
    sdrs_free_space_threshold sdrs_free_space_threshold_mode sdrs_free_space_utilization_difference
    sdrs_io_balance_automation_level sdrs_io_latency_threshold sdrs_io_load_balance_enabled sdrs_io_load_imbalance_threshold
    sdrs_io_reservable_iops_threshold sdrs_io_reservable_percent_threshold sdrs_io_reservable_threshold_mode
    sdrs_load_balance_interval sdrs_policy_enforcement_automation_level sdrs_rule_enforcement_automation_level
    sdrs_space_balance_automation_level sdrs_space_utilization_threshold sdrs_vm_evacuation_automation_level tags`,
  vsphere_datastore_cluster_vm_anti_affinity_rule: "datastore_cluster_id enabled id mandatory name virtual_machine_ids",
  vsphere_distributed_port_group: `
    active_uplinks allow_forged_transmits allow_mac_changes allow_promiscuous auto_expand block_all_ports block_override_allowed
    check_beacon config_version custom_attributes description directpath_gen2_allowed distributed_virtual_switch_uuid
    egress_shaping_average_bandwidth egress_shaping_burst_size egress_shaping_enabled egress_shaping_peak_bandwidth
    failback id
    ingress_shaping_average_bandwidth ingress_shaping_burst_size ingress_shaping_enabled ingress_shaping_peak_bandwidth
    key lacp_enabled lacp_mode live_port_moving_allowed name netflow_enabled netflow_override_allowed
    network_resource_pool_key network_resource_pool_override_allowed notify_switches number_of_ports
    port_config_reset_at_disconnect port_name_format port_private_secondary_vlan_id security_policy_override_allowed
    shaping_override_allowed standby_uplinks tags teaming_policy traffic_filter_override_allowed tx_uplink type
    uplink_teaming_override_allowed vlan_id vlan_override_allowed vlan_range`,
  vsphere_distributed_virtual_switch: `
    active_uplinks allow_forged_transmits allow_mac_changes allow_promiscuous
    backupnfc_maximum_mbit backupnfc_reservation_mbit backupnfc_share_count backupnfc_share_level
    block_all_ports check_beacon config_version contact_detail contact_name custom_attributes datacenter_id description
    directpath_gen2_allowed
    egress_shaping_average_bandwidth egress_shaping_burst_size egress_shaping_enabled egress_shaping_peak_bandwidth
    failback faulttolerance_maximum_mbit faulttolerance_reservation_mbit faulttolerance_share_count faulttolerance_share_level
    folder hbr_maximum_mbit hbr_reservation_mbit hbr_share_count hbr_share_level host id ignore_other_pvlan_mappings
    ingress_shaping_average_bandwidth ingress_shaping_burst_size ingress_shaping_enabled ingress_shaping_peak_bandwidth
    ipv4_address iscsi_maximum_mbit iscsi_reservation_mbit iscsi_share_count iscsi_share_level
    lacp_api_version lacp_enabled lacp_mode link_discovery_operation link_discovery_protocol
    management_maximum_mbit management_reservation_mbit management_share_count management_share_level
    max_mtu multicast_filtering_mode name
    netflow_active_flow_timeout netflow_collector_ip_address netflow_collector_port netflow_enabled netflow_idle_flow_timeout
    netflow_internal_flows_only netflow_observation_domain_id netflow_sampling_rate
    network_resource_control_enabled network_resource_control_version
    nfs_maximum_mbit nfs_reservation_mbit nfs_share_count nfs_share_level
    notify_switches port_private_secondary_vlan_id pvlan_mapping standby_uplinks tags teaming_policy tx_uplink uplinks
    vdp_maximum_mbit vdp_reservation_mbit vdp_share_count vdp_share_level version
    virtualmachine_maximum_mbit virtualmachine_reservation_mbit virtualmachine_share_count virtualmachine_share_level
    vlan_id vlan_range vmotion_maximum_mbit vmotion_reservation_mbit vmotion_share_count vmotion_share_level
    vsan_maximum_mbit vsan_reservation_mbit vsan_share_count vsan_share_level`,
  vsphere_distributed_virtual_switch_pvlan_mapping: "distributed_virtual_switch_id id primary_vlan_id pvlan_type secondary_vlan_id",
  vsphere_entity_permissions: "entity_id entity_type id permissions",
  vsphere_file: "create_directories datacenter datastore destination_file id source_datacenter source_datastore source_file",
  vsphere_folder: "custom_attributes datacenter_id id path tags type",
  vsphere_guest_os_customization: "change_version description id last_update_time name spec type",
  vsphere_host_port_group: `
    active_nics allow_forged_transmits allow_mac_changes allow_promiscuous check_beacon computed_policy failback host_system_id id key
    name notify_switches ports shaping_average_bandwidth shaping_burst_size shaping_enabled shaping_peak_bandwidth standby_nics
    teaming_policy virtual_switch_name vlan_id`,
  vsphere_host_virtual_switch: `
    active_nics allow_forged_transmits allow_mac_changes allow_promiscuous beacon_interval check_beacon failback host_system_id id
    link_discovery_operation link_discovery_protocol mtu name network_adapters notify_switches number_of_ports
    shaping_average_bandwidth shaping_burst_size shaping_enabled shaping_peak_bandwidth standby_nics teaming_policy`,
  vsphere_license: "edition_key id labels license_key name total used",
  vsphere_namespace: "id name storage_policies supervisor vm_service",
  vsphere_nas_datastore: `
    access_mode accessible capacity custom_attributes datastore_cluster_id folder free_space host_system_ids id maintenance_mode
    multiple_host_access name protocol_endpoint remote_hosts remote_path security_type tags type uncommitted_space url`,
  vsphere_offline_software_depot: "component id location",
  vsphere_role: "id label name role_privileges",
  vsphere_storage_drs_vm_override: "datastore_cluster_id id sdrs_automation_level sdrs_enabled sdrs_intra_vm_affinity virtual_machine_id",
  vsphere_tag: "category_id description id name",
  vsphere_tag_category: "associable_types cardinality description id name",
  vsphere_virtual_disk: "adapter_type create_directories datacenter datastore id size type vmdk_path",
  vsphere_vm_storage_policy: "description id name tag_rules",
  vsphere_vmfs_datastore: `
    accessible capacity custom_attributes datastore_cluster_id disks folder free_space host_system_id id maintenance_mode
    multiple_host_access name tags uncommitted_space url`,
  vsphere_vnic: "distributed_port_group distributed_switch_port host id ipv4 ipv6 mac mtu netstack portgroup services",
  vsphere_zone: "cluster_ids description id name",
};
