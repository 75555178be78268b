package vcenter

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// needs is what a VM takes from the host it runs on.
type needs struct {
	requests        []deviceRequest
	memoryMb        int64 // reservation and overhead
	cpuMhz          int64
	hardwareVersion types.HardwareVersion
	refusal         error // of a first power-on, whatever the host
}

// needsOf reads a VM's configuration; the caller holds its lock.
func needsOf(vm *simulator.VirtualMachine) needs {
	n := needs{requests: requestsOf(vm.Config.Hardware.Device)}
	n.hardwareVersion, _ = types.ParseHardwareVersion(vm.Config.Version)
	if cpu := vm.Config.CpuAllocation; cpu != nil && cpu.Reservation != nil {
		n.cpuMhz = *cpu.Reservation
	}
	size := int64(vm.Config.Hardware.MemoryMB)
	var reserved, limit int64 = 0, -1
	if memory := vm.Config.MemoryAllocation; memory != nil {
		if memory.Reservation != nil {
			reserved = *memory.Reservation
		}
		if memory.Limit != nil {
			limit = *memory.Limit
		}
	}
	if locked := vm.Config.MemoryReservationLockedToMax; locked != nil && *locked {
		reserved = size
	}
	n.memoryMb = reserved + overhead(size, len(n.requests) > 0)
	n.refusal = refusal(n, size, reserved, limit)
	return n
}

func refusal(n needs, size, reserved, limit int64) error {
	if len(n.requests) == 0 {
		return nil
	}
	switch {
	case n.hardwareVersion < types.VMX17 && hasDynamic(n.requests):
		return fmt.Errorf("a dynamic PCI device needs hardware version 17, found %d", n.hardwareVersion)
	case reserved != size:
		return fmt.Errorf("invalid memory setting: memory reservation (%d MB) should be equal to memory size (%d MB)", reserved, size)
	case limit >= 0 && limit < size:
		return errors.New("invalid memory setting: a VM with PCI devices can't have a memory limit")
	}
	return nil
}

// overhead is an assumption: VMware publishes no formula.
func overhead(memoryMb int64, devices bool) int64 {
	if devices {
		return 1024
	}
	return 100 + (memoryMb+99)/100
}

func hasDynamic(requests []deviceRequest) bool {
	for _, request := range requests {
		if request.address == "" {
			return true
		}
	}
	return false
}

func requestsOf(devices []types.BaseVirtualDevice) []deviceRequest {
	var requests []deviceRequest
	for _, device := range devices {
		passthrough, ok := device.(*types.VirtualPCIPassthrough)
		if !ok {
			continue
		}
		switch backing := passthrough.Backing.(type) {
		case *types.VirtualPCIPassthroughDynamicBackingInfo:
			requests = append(requests, dynamicRequest(backing))
		case *types.VirtualPCIPassthroughDeviceBackingInfo:
			requests = append(requests, deviceRequest{address: backing.Id})
		}
	}
	return requests
}

func dynamicRequest(backing *types.VirtualPCIPassthroughDynamicBackingInfo) deviceRequest {
	request := deviceRequest{label: backing.CustomLabel}
	given := func(value int32) int32 {
		if value == 0 {
			return -1 // govmomi can't tell 0 from absent
		}
		return value
	}
	for _, a := range backing.AllowedDevice {
		id := pciID{a.VendorId, a.DeviceId, given(a.SubVendorId), given(a.SubDeviceId), given(int32(a.RevisionId))}
		request.allowed = append(request.allowed, id)
	}
	return request
}

// virtualDevice is the request as a device of a VM.
func (r Request) virtualDevice() (types.BaseVirtualDevice, error) {
	backing := &types.VirtualPCIPassthroughDynamicBackingInfo{CustomLabel: r.Label}
	for _, text := range r.Allowed {
		id, err := parsePciID(text)
		if err != nil {
			return nil, err
		}
		backing.AllowedDevice = append(backing.AllowedDevice, types.VirtualPCIPassthroughAllowedDevice{
			VendorId: id.vendor, DeviceId: id.device,
			SubVendorId: max(id.subVendor, 0), SubDeviceId: max(id.subDevice, 0), RevisionId: int16(max(id.revision, 0)),
		})
	}
	const pciController = 100
	return &types.VirtualPCIPassthrough{VirtualDevice: types.VirtualDevice{Key: -1, ControllerKey: pciController, Backing: backing}}, nil
}

func hardwareVersionText(version int) string {
	if version == 0 {
		version = 20
	}
	return "vmx-" + strconv.Itoa(version)
}
