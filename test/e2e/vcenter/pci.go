package vcenter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

const (
	passthroughActive        = "active"
	passthroughPendingReboot = "pending-reboot"
	passthroughDisabled      = "disabled"
)

// pciID is vendor:device[:subvendor:subdevice[:revision]]; a part that is not given is -1.
type pciID struct{ vendor, device, subVendor, subDevice, revision int32 }

func parsePciID(text string) (pciID, error) {
	id := pciID{-1, -1, -1, -1, -1}
	parts := strings.Split(text, ":")
	if n := len(parts); n != 2 && n != 4 && n != 5 {
		return id, fmt.Errorf("found the id %q, wanted vendor:device[:subvendor:subdevice[:revision]]", text)
	}
	for i, into := range []*int32{&id.vendor, &id.device, &id.subVendor, &id.subDevice, &id.revision}[:len(parts)] {
		value, err := strconv.ParseUint(parts[i], 16, 16)
		if err != nil {
			return id, fmt.Errorf("found the id %q, wanted hexadecimal parts of 16 bits", text)
		}
		*into = int32(value)
	}
	return id, nil
}

func (d Device) check() error {
	if _, err := d.pciID(); err != nil {
		return err
	}
	if _, _, _, err := d.place(); err != nil {
		return err
	}
	switch d.Passthrough {
	case "", passthroughActive, passthroughPendingReboot, passthroughDisabled:
		return nil
	}
	return fmt.Errorf("device %s: found passthrough %q, wanted active, pending-reboot or disabled", d.Address, d.Passthrough)
}

func (d Device) pciID() (pciID, error) {
	text := d.ID
	if d.Subsystem != "" {
		text += ":" + d.Subsystem
		if d.Revision != "" {
			text += ":" + d.Revision
		}
	}
	return parsePciID(text)
}

func (d Device) place() (bus, slot, function byte, err error) {
	var segment int
	if _, err = fmt.Sscanf(d.Address, "%04x:%02x:%02x.%01x", &segment, &bus, &slot, &function); err != nil {
		err = fmt.Errorf("found the address %q, wanted one like 0000:af:00.0", d.Address)
	}
	return bus, slot, function, err
}

// hostPciDevice is the device as vCenter shows it: ids above 32767 come out negative, because the API has 16 signed bits.
func (d Device) hostPciDevice() types.HostPciDevice {
	id, _ := d.pciID()
	bus, slot, function, _ := d.place()
	name := d.Name
	if name == "" {
		name = "Device " + d.ID
	}
	return types.HostPciDevice{
		Id: d.Address, ClassId: 0x0302, Bus: bus, Slot: slot, Function: function,
		VendorId: int16(id.vendor), DeviceId: int16(id.device),
		SubVendorId: int16(max(id.subVendor, 0)), SubDeviceId: int16(max(id.subDevice, 0)),
		VendorName: vendorName(id.vendor), DeviceName: name,
	}
}

func vendorName(vendor int32) string {
	switch vendor {
	case 0x10de:
		return "NVIDIA Corporation"
	case 0x1002:
		return "Advanced Micro Devices, Inc. [AMD/ATI]"
	case 0x8086:
		return "Intel Corporation"
	}
	return fmt.Sprintf("Vendor %04x", vendor)
}

func (d Device) passthruInfo() *types.HostPciPassthruInfo {
	return &types.HostPciPassthruInfo{
		Id: d.Address, DependentDevice: d.Address, PassthruCapable: true, HardwareLabel: d.Label,
		PassthruEnabled: d.Passthrough != passthroughDisabled,
		PassthruActive:  d.Passthrough == "" || d.Passthrough == passthroughActive,
	}
}
