package vcenter

import (
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// browsers are the environment browsers: every VM has one of its own that knows the VM's hardware version, as in vCenter. The
// simulator has one a cluster, and it knows neither a hardware version nor any PCI device.
type browsers struct {
	sync.Mutex
	ofVm map[types.ManagedObjectReference]*simulator.VirtualMachine // by browser
}

func newBrowsers() *browsers {
	return &browsers{ofVm: map[types.ManagedObjectReference]*simulator.VirtualMachine{}}
}

func (b *browsers) add(ctx *simulator.Context, vm *simulator.VirtualMachine) {
	ref := browserOf(vm.Self)
	ctx.Map.AtomicUpdate(ctx, vm, []types.PropertyChange{{Name: "environmentBrowser", Val: ref}})
	browser := &simulator.EnvironmentBrowser{}
	browser.Self = ref
	ctx.Map.Put(browser)
	b.Lock()
	defer b.Unlock()
	b.ofVm[ref] = vm
}

func (b *browsers) forget(vm types.ManagedObjectReference) {
	b.Lock()
	defer b.Unlock()
	delete(b.ofVm, browserOf(vm))
}

func browserOf(vm types.ManagedObjectReference) types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: "EnvironmentBrowser", Value: "envbrowser-" + vm.Value}
}

func (b *browsers) vm(ref types.ManagedObjectReference) (*simulator.VirtualMachine, bool) {
	b.Lock()
	defer b.Unlock()
	vm, ok := b.ofVm[ref]
	return vm, ok
}

// clusterBrowser is the browser of a VM's cluster where the reference is to the VM's, else the reference itself.
func (v *VCenter) clusterBrowser(ref types.ManagedObjectReference) types.ManagedObjectReference {
	if vm, ok := v.browsers.vm(ref); ok {
		return *v.clusterOf(*vm.Runtime.Host).EnvironmentBrowser
	}
	return ref
}

func (d *dispatcher) QueryConfigOption(ctx *simulator.Context, req *types.QueryConfigOption) soap.HasFault {
	return &methods.QueryConfigOptionBody{Res: &types.QueryConfigOptionResponse{Returnval: d.v.configOption(ctx, req.This, "", nil)}}
}

func (d *dispatcher) QueryConfigOptionEx(ctx *simulator.Context, req *types.QueryConfigOptionEx) soap.HasFault {
	var key string
	var guests []string
	if req.Spec != nil {
		key, guests = req.Spec.Key, req.Spec.GuestId
	}
	return &methods.QueryConfigOptionExBody{Res: &types.QueryConfigOptionExResponse{Returnval: d.v.configOption(ctx, req.This, key, guests)}}
}

// configOption answers for one hardware version: the asked one, the VM's, or the newest of the cluster.
func (v *VCenter) configOption(
	ctx *simulator.Context, ref types.ManagedObjectReference, key string, guests []string,
) *types.VirtualMachineConfigOption {
	browser := ctx.Map.Get(v.clusterBrowser(ref)).(*simulator.EnvironmentBrowser)
	spec := &types.EnvironmentBrowserConfigOptionQuerySpec{GuestId: guests}
	option := browser.QueryConfigOptionEx(&types.QueryConfigOptionEx{Spec: spec}).(*methods.QueryConfigOptionExBody).Res.Returnval
	version, _ := types.ParseHardwareVersion(key)
	if vm, ok := v.browsers.vm(ref); ok && key == "" {
		version, _ = types.ParseHardwareVersion(vm.Config.Version)
	}
	if version == 0 {
		for _, descriptor := range browser.QueryConfigOptionDescriptorResponse.Returnval {
			if descriptor.DefaultConfigOption {
				version, _ = types.ParseHardwareVersion(descriptor.Key)
			}
		}
	}
	option.Version = version.String()
	option.HardwareOptions.HwVersion = int32(version)
	return option
}

func (d *dispatcher) QueryConfigTarget(ctx *simulator.Context, req *types.QueryConfigTarget) soap.HasFault {
	browser := ctx.Map.Get(d.v.clusterBrowser(req.This)).(*simulator.EnvironmentBrowser)
	body := browser.QueryConfigTarget(ctx, req).(*methods.QueryConfigTargetBody)
	d.v.book.Lock()
	defer d.v.book.Unlock()
	for _, host := range d.v.all {
		inCluster := *d.v.clusterOf(host.system.Self).EnvironmentBrowser == browser.Self
		if inCluster && (req.Host == nil || *req.Host == host.system.Self) {
			addDevices(body.Res.Returnval, host)
		}
	}
	return body
}

func addDevices(target *types.ConfigTarget, host *hostSite) {
	for _, device := range host.passthru.active() {
		for _, pci := range host.system.Hardware.PciDevice {
			if pci.Id != device.address {
				continue
			}
			info := types.VirtualMachineTargetInfo{Name: pci.DeviceName}
			target.PciPassthrough = append(target.PciPassthrough, &types.VirtualMachinePciPassthroughInfo{
				VirtualMachineTargetInfo: info, PciDevice: pci, SystemId: host.system.Hardware.SystemInfo.Uuid,
			})
			target.DynamicPassthrough = append(target.DynamicPassthrough, types.VirtualMachineDynamicPassthroughInfo{
				VirtualMachineTargetInfo: info, VendorName: pci.VendorName, DeviceName: pci.DeviceName,
				CustomLabel: device.label, VendorId: device.id.vendor, DeviceId: device.id.device,
			})
		}
	}
}
