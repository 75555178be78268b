package vcenter

import (
	"context"
	"fmt"
	"os"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/esx"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// cluster is a cluster and what placement needs of it.
type cluster struct {
	*simulator.ClusterComputeResource

	sites []*hostSite
}

func (v *VCenter) buildCluster(ctx context.Context, folders *object.DatacenterFolders, input Cluster) error {
	created, err := folders.HostFolder.CreateCluster(ctx, input.Name, types.ClusterConfigSpecEx{})
	if err != nil {
		return err
	}
	c := &cluster{ClusterComputeResource: v.registry.Get(created.Reference()).(*simulator.ClusterComputeResource)}
	v.clusters = append(v.clusters, c)
	for _, host := range input.Hosts {
		if err := v.buildHost(ctx, created, c, host); err != nil {
			return fmt.Errorf("host %q: %w", host.Name, err)
		}
	}
	task, err := created.Reconfigure(ctx, clusterSpec(input), true)
	if err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return err
	}
	v.addAlias(c)
	return v.buildVms(ctx, folders, created, input)
}

func clusterSpec(input Cluster) *types.ClusterConfigSpecEx {
	behavior := types.DrsBehaviorFullyAutomated
	if level := input.Drs.AutomationLevel; level != "" {
		behavior = types.DrsBehavior(level)
	}
	return &types.ClusterConfigSpecEx{
		DrsConfig: &types.ClusterDrsConfigInfo{Enabled: types.NewBool(input.drsEnabled()), DefaultVmBehavior: behavior},
		DasConfig: &types.ClusterDasConfigInfo{Enabled: types.NewBool(input.haEnabled()), AdmissionControlEnabled: types.NewBool(false)},
	}
}

func (v *VCenter) buildHost(ctx context.Context, created *object.ClusterComputeResource, c *cluster, input Host) error {
	version, err := types.ParseESXiVersion(input.Esxi)
	if err != nil || !version.IsValid() {
		return fmt.Errorf("found the ESXi version %q, wanted one like 8.0.2", input.Esxi)
	}
	// The simulator takes a new host's version from its template, and works out the cluster's hardware versions while adding it.
	product := esx.HostConfigInfo.Product
	product.Version, product.ApiVersion = input.Esxi, input.Esxi
	product.FullName = "VMware ESXi " + input.Esxi
	config := esx.HostConfigInfo
	config.Product = product
	template := esx.HostSystem
	esx.HostSystem.Config, esx.HostSystem.Summary.Config.Product = &config, &product
	defer func() { esx.HostSystem = template }()

	task, err := created.AddHost(ctx, types.HostConnectSpec{HostName: input.Name}, true, nil, nil)
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(ctx, nil)
	if err != nil {
		return err
	}
	system := v.registry.Get(info.Result.(types.ManagedObjectReference)).(*simulator.HostSystem)
	v.equip(c, system, input, version)
	return v.mount(ctx, system)
}

// equip gives a host its size and its devices.
func (v *VCenter) equip(c *cluster, system *simulator.HostSystem, input Host, version types.ESXiVersion) {
	cores := coresOf(input.CpuMhz)
	summary := system.Summary.Hardware
	total := c.Summary.GetComputeResourceSummary()
	total.TotalCpu += int32(input.CpuMhz) - summary.CpuMhz
	total.EffectiveCpu += int32(input.CpuMhz) - summary.CpuMhz
	total.TotalMemory += input.MemoryMb<<20 - summary.MemorySize
	total.EffectiveMemory += input.MemoryMb<<20 - summary.MemorySize
	total.NumCpuCores += int16(cores) - summary.NumCpuCores
	summary.MemorySize, summary.NumCpuCores, summary.NumCpuThreads = input.MemoryMb<<20, int16(cores), int16(cores)
	summary.CpuMhz = int32(input.CpuMhz / cores)

	hardware := *system.Hardware
	hardware.MemorySize = input.MemoryMb << 20
	hardware.CpuInfo.NumCpuCores, hardware.CpuInfo.NumCpuThreads = int16(cores), int16(cores)
	hardware.CpuInfo.Hz = int64(input.CpuMhz/cores) * 1_000_000
	system.Hardware = &hardware

	site := &hostSite{
		index: len(v.all), name: input.Name, system: system,
		memoryMb: input.MemoryMb, cpuMhz: int64(input.CpuMhz), newest: version.HardwareVersion(),
	}
	site.passthru = addPassthru(v.context(), system, input, v.book)
	v.all = append(v.all, site)
	c.sites = append(c.sites, site)
	v.hosts[system.Self] = site
}

// coresOf divides a host's MHz without a remainder, because vCenter tells them by the core.
func coresOf(mhz int) int {
	for cores := 64; cores > 1; cores-- {
		if mhz%cores == 0 {
			return cores
		}
	}
	return 1
}

func (v *VCenter) mount(ctx context.Context, system *simulator.HostSystem) error {
	stores, err := object.NewHostSystem(v.client, system.Self).ConfigManager().DatastoreSystem(ctx)
	if err != nil {
		return err
	}
	var dir string
	for _, setting := range v.registry.OptionManager().Setting {
		if setting.GetOptionValue().Key == "vcsim.home" {
			dir = setting.GetOptionValue().Value.(string) + "/" + v.input.Datastore
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	store, err := stores.CreateLocalDatastore(ctx, v.input.Datastore, dir)
	// Only the first host's mount makes the datastore; the simulator answers later ones with an empty reference.
	if err == nil && v.datastore.Value == "" {
		v.datastore = store.Reference()
	}
	return err
}

// addAlias answers for the reference by which the vSphere provider asks for a host's parent: a ComputeResource with the cluster's id.
func (v *VCenter) addAlias(c *cluster) {
	alias := &mo.ComputeResource{}
	alias.Self = types.ManagedObjectReference{Type: "ComputeResource", Value: c.Self.Value}
	alias.Name, alias.Parent, alias.Host = c.Name, c.Parent, c.Host
	alias.ResourcePool, alias.EnvironmentBrowser = c.ResourcePool, c.EnvironmentBrowser
	alias.Datastore, alias.Network, alias.Summary = c.Datastore, c.Network, c.Summary
	v.registry.Put(alias)
}

// places tells whether DRS chooses the host of a VM: it is on and automated, for the cluster and the VM.
func (c *cluster) places(vm types.ManagedObjectReference) bool {
	config := c.ConfigurationEx.(*types.ClusterConfigInfoEx)
	enabled, behavior := config.DrsConfig.Enabled, config.DrsConfig.DefaultVmBehavior
	on := enabled != nil && *enabled
	for _, override := range config.DrsVmConfig {
		if override.Key != vm {
			continue
		}
		if override.Enabled != nil && !*override.Enabled {
			return false
		}
		if override.Behavior != "" {
			behavior = override.Behavior
		}
	}
	return on && behavior != types.DrsBehaviorManual
}

// restartPriority is the priority that HA gives a VM, of the cluster's overrides or medium.
func (c *cluster) restartPriority(vm types.ManagedObjectReference, fallback string) string {
	for _, override := range c.ConfigurationEx.(*types.ClusterConfigInfoEx).DasVmConfig {
		if settings := override.DasSettings; override.Key == vm && settings != nil && settings.RestartPriority != "" {
			if settings.RestartPriority != "clusterRestartPriority" {
				return settings.RestartPriority
			}
		}
	}
	if fallback == "" {
		return "medium"
	}
	return fallback
}

func (v *VCenter) clusterOf(host types.ManagedObjectReference) *cluster {
	parent := *v.hosts[host].system.Parent
	return v.clusterBy(parent)
}

func (v *VCenter) clusterOfPool(ctx *simulator.Context, pool types.ManagedObjectReference) *cluster {
	if rp, ok := ctx.Map.Get(pool).(*simulator.ResourcePool); ok {
		return v.clusterBy(rp.Owner)
	}
	return v.clusters[0]
}

func (v *VCenter) clusterBy(ref types.ManagedObjectReference) *cluster {
	for _, c := range v.clusters {
		if c.Self == ref {
			return c
		}
	}
	return nil
}
