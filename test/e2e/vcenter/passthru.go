package vcenter

import (
	"fmt"
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// passthruSystem is a host's HostPciPassthruSystem, which the simulator lacks. Its info is the one truth about the host's devices.
type passthruSystem struct {
	mo.HostPciPassthruSystem

	host   *simulator.HostSystem
	rebind bool // without a reboot
	ids    map[string]pciID
	book   *ledger
}

// givenConfig tells a label that is empty from one that is absent, which govmomi's own type can't.
type givenConfig struct {
	types.HostPciPassthruConfig
	HardwareLabel *string `xml:"hardwareLabel"`
}

func init() {
	types.Add("HostPciPassthruConfig", reflect.TypeOf((*givenConfig)(nil)).Elem())
}

// addPassthru gives a host its devices.
func addPassthru(ctx *simulator.Context, host *simulator.HostSystem, input Host, book *ledger) *passthruSystem {
	s := &passthruSystem{host: host, rebind: input.RebindWithoutReboot, ids: map[string]pciID{}, book: book}
	s.Self = types.ManagedObjectReference{Type: "HostPciPassthruSystem", Value: "pciPassthruSystem-" + host.Self.Value}
	// The simulator's hosts share one list of devices: it is replaced, not changed.
	host.Hardware.PciDevice = nil
	for _, device := range input.Devices {
		s.ids[device.Address], _ = device.pciID()
		s.PciPassthruInfo = append(s.PciPassthruInfo, device.passthruInfo())
		host.Hardware.PciDevice = append(host.Hardware.PciDevice, device.hostPciDevice())
	}
	host.Config.PciPassthruInfo = s.PciPassthruInfo
	host.ConfigManager.PciPassthruSystem = &s.Self
	host.Capability.DeviceRebindWithoutRebootSupported = types.NewBool(input.RebindWithoutReboot)
	host.Capability.AssignHwPciConfigSupported = types.NewBool(true)
	ctx.Map.Put(s)
	return s
}

// UpdatePassthruConfig changes all of the given devices or none.
func (s *passthruSystem) UpdatePassthruConfig(ctx *simulator.Context, req *types.UpdatePassthruConfig) soap.HasFault {
	body := new(methods.UpdatePassthruConfigBody)
	s.book.Lock()
	defer s.book.Unlock()
	next := s.copyInfo()
	for _, config := range req.Config {
		if err := s.apply(next, config); err != nil {
			body.Fault_ = simulator.Fault(err.Error(), &types.HostConfigFault{})
			return body
		}
	}
	s.publish(ctx, next)
	body.Res = new(types.UpdatePassthruConfigResponse)
	return body
}

func (*passthruSystem) Refresh(*types.Refresh) soap.HasFault {
	return &methods.RefreshBody{Res: new(types.RefreshResponse)}
}

func (s *passthruSystem) apply(infos []*types.HostPciPassthruInfo, base types.BaseHostPciPassthruConfig) error {
	config := base.GetHostPciPassthruConfig()
	info := find(infos, config.Id)
	if info == nil {
		return fmt.Errorf("the host has no PCI device %s", config.Id)
	}
	if vm, held := s.book.holder(s.host.Self, config.Id); held && !config.PassthruEnabled {
		return fmt.Errorf("PCI device %s is in use by the powered-on virtual machine %s", config.Id, vm.Value)
	}
	if given, ok := base.(*givenConfig); ok && given.HardwareLabel != nil {
		info.HardwareLabel = *given.HardwareLabel
	}
	info.PassthruEnabled = config.PassthruEnabled
	// "When unset, the behavior will be determined automatically based on deviceRebindWithoutRebootSupported."
	if s.rebind && (config.ApplyNow == nil || *config.ApplyNow) {
		info.PassthruActive = config.PassthruEnabled
	}
	return nil
}

// reboot makes active what is configured.
func (s *passthruSystem) reboot(ctx *simulator.Context) {
	next := s.copyInfo()
	for _, info := range next {
		info.PassthruActive = info.PassthruEnabled
	}
	s.publish(ctx, next)
}

// active tells the devices that a VM can have, held or not.
func (s *passthruSystem) active() []hostDevice {
	var devices []hostDevice
	for _, base := range s.PciPassthruInfo {
		if info := base.GetHostPciPassthruInfo(); info.PassthruEnabled && info.PassthruActive {
			devices = append(devices, hostDevice{address: info.Id, id: s.ids[info.Id], label: info.HardwareLabel})
		}
	}
	return devices
}

func (s *passthruSystem) publish(ctx *simulator.Context, infos []*types.HostPciPassthruInfo) {
	next := make([]types.BaseHostPciPassthruInfo, len(infos))
	for i, info := range infos {
		next[i] = info
	}
	ctx.Map.AtomicUpdate(ctx, s, []types.PropertyChange{{Name: "pciPassthruInfo", Val: next}})
	ctx.Map.AtomicUpdate(ctx, s.host, []types.PropertyChange{{Name: "config.pciPassthruInfo", Val: next}})
}

func (s *passthruSystem) copyInfo() []*types.HostPciPassthruInfo {
	infos := make([]*types.HostPciPassthruInfo, len(s.PciPassthruInfo))
	for i, base := range s.PciPassthruInfo {
		info := *base.GetHostPciPassthruInfo()
		infos[i] = &info
	}
	return infos
}

func find(infos []*types.HostPciPassthruInfo, id string) *types.HostPciPassthruInfo {
	for _, info := range infos {
		if info.Id == id {
			return info
		}
	}
	return nil
}
