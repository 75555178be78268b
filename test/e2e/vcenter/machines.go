package vcenter

import (
	"context"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/esx"
	"github.com/vmware/govmomi/vim25/types"
)

// machine is a VM or template to be made.
type machine struct {
	name, uuid      string
	cpus            int32
	memoryMb        int64
	reservedMb      int64
	reservedMhz     int64
	hardwareVersion int
	requests        []Request
	host            *hostSite
}

func (v *VCenter) buildVms(
	ctx context.Context, folders *object.DatacenterFolders, created *object.ClusterComputeResource, input Cluster,
) error {
	c := v.clusterBy(created.Reference())
	for _, template := range input.Templates {
		vm, err := v.make(ctx, folders, c, machine{
			name: template.Name, uuid: template.Uuid, cpus: template.Cpus, memoryMb: template.MemoryMb,
			hardwareVersion: template.HardwareVersion, requests: template.Devices, host: c.sites[0],
		})
		if err != nil {
			return fmt.Errorf("template %q: %w", template.Name, err)
		}
		if err := vm.MarkAsTemplate(ctx); err != nil {
			return err
		}
		uuid := v.registry.Get(vm.Reference()).(*simulator.VirtualMachine).Config.Uuid
		v.templates = append(v.templates, Named{Name: template.Name, ID: vm.Reference().Value, Uuid: uuid})
	}
	for _, vm := range input.Vms {
		if err := v.makeRunning(ctx, folders, created, c, vm); err != nil {
			return fmt.Errorf("VM %q: %w", vm.Name, err)
		}
	}
	return nil
}

func (v *VCenter) makeRunning(
	ctx context.Context, folders *object.DatacenterFolders, created *object.ClusterComputeResource, c *cluster, input Vm,
) error {
	m := machine{
		name: input.Name, cpus: input.Cpus, memoryMb: input.MemoryMb, reservedMb: input.MemoryReservationMb, reservedMhz: input.CpuReservationMhz,
		hardwareVersion: input.HardwareVersion, requests: input.Requests, host: c.sites[0],
	}
	if input.Host != "" {
		i := slices.IndexFunc(c.sites, func(s *hostSite) bool { return s.name == input.Host })
		if i < 0 {
			return fmt.Errorf("the cluster has no host %q", input.Host)
		}
		m.host = c.sites[i]
	}
	vm, err := v.make(ctx, folders, c, m)
	if err != nil {
		return err
	}
	if input.RestartPriority != "" {
		if err := v.prioritize(ctx, created, vm, input.RestartPriority); err != nil {
			return err
		}
	}
	if input.Host == "" {
		return nil
	}
	before := v.policy.current()
	choices := map[string]Choice{input.Name: {Host: input.Host, Devices: input.Devices}}
	v.policy.set(policyChoice{Name: before.Name, Seed: before.Seed, Choices: choices})
	defer v.policy.set(before)
	task, err := vm.PowerOn(ctx)
	if err != nil {
		return err
	}
	return task.WaitEx(ctx)
}

func (v *VCenter) prioritize(ctx context.Context, created *object.ClusterComputeResource, vm *object.VirtualMachine, priority string) error {
	spec := &types.ClusterConfigSpecEx{DasVmConfigSpec: []types.ClusterDasVmConfigSpec{{
		ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd},
		Info:            &types.ClusterDasVmConfigInfo{Key: vm.Reference(), DasSettings: &types.ClusterDasVmSettings{RestartPriority: priority}},
	}}}
	task, err := created.Reconfigure(ctx, spec, true)
	if err != nil {
		return err
	}
	return task.WaitEx(ctx)
}

// make creates a VM that is off. Its final name is given here: after a rename the simulator's finders know the old one.
func (v *VCenter) make(ctx context.Context, folders *object.DatacenterFolders, c *cluster, m machine) (*object.VirtualMachine, error) {
	spec := types.VirtualMachineConfigSpec{
		Name: m.name, Uuid: m.uuid, GuestId: string(types.VirtualMachineGuestOsIdentifierUbuntu64Guest), Firmware: "efi",
		Version: hardwareVersionText(m.hardwareVersion), NumCPUs: max(m.cpus, 1), MemoryMB: max(m.memoryMb, 1),
		Files:            &types.VirtualMachineFileInfo{VmPathName: "[" + v.input.Datastore + "]"},
		CpuAllocation:    &types.ResourceAllocationInfo{Reservation: types.NewInt64(m.reservedMhz)},
		MemoryAllocation: &types.ResourceAllocationInfo{Reservation: types.NewInt64(m.reservedMb)},
	}
	spec.DeviceChange, _ = v.disk(m.name).ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	pool := object.NewResourcePool(v.client, *c.ResourcePool)
	task, err := folders.VmFolder.CreateVM(ctx, spec, pool, object.NewHostSystem(v.client, m.host.system.Self))
	if err != nil {
		return nil, err
	}
	info, err := task.WaitForResult(ctx, nil)
	if err != nil {
		return nil, err
	}
	vm := object.NewVirtualMachine(v.client, info.Result.(types.ManagedObjectReference))
	for _, request := range m.requests {
		device, err := request.virtualDevice()
		if err != nil {
			return nil, err
		}
		if err := vm.AddDevice(ctx, device); err != nil {
			return nil, err
		}
	}
	return vm, nil
}

// disk is what every VM has besides the default devices.
func (v *VCenter) disk(name string) object.VirtualDeviceList {
	var devices object.VirtualDeviceList
	scsi, _ := devices.CreateSCSIController("pvscsi")
	disk := devices.CreateDisk(scsi.(types.BaseVirtualController), v.datastore, fmt.Sprintf("[%s] %s/disk1.vmdk", v.input.Datastore, name))
	disk.CapacityInKB = 1 << 20
	disk.StorageIOAllocation = &types.StorageIOAllocationInfo{Limit: types.NewInt64(-1)}
	card := esx.EthernetCard
	return append(devices, scsi, disk, &card)
}
