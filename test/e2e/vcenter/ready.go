package vcenter

// Ready is the line that says how to reach what was built.
type Ready struct {
	URL        string  `json:"url"`
	User       string  `json:"user"`
	Password   string  `json:"password"`
	CaFile     string  `json:"caFile"`
	Control    string  `json:"control"`
	Datacenter Named   `json:"datacenter"`
	Datastore  Named   `json:"datastore"`
	Network    Named   `json:"network"`
	Clusters   []Named `json:"clusters"`
	Hosts      []Named `json:"hosts"`
	Templates  []Named `json:"templates"`
}

// Named is an object by name and id, with what its kind has besides.
type Named struct {
	Name           string `json:"name"`
	ID             string `json:"id"`
	Uuid           string `json:"uuid,omitempty"`
	Cluster        string `json:"cluster,omitempty"`
	ResourcePoolID string `json:"resourcePoolId,omitempty"`
}

// Ready describes the vCenter to its users.
func (v *VCenter) Ready(control string) Ready {
	address := *v.server.URL
	address.User = nil
	ready := Ready{
		URL: address.String(), User: v.input.User, Password: v.input.Password, CaFile: v.caFile, Control: control,
		Datacenter: Named{Name: v.input.Datacenter, ID: v.datacenter.Reference().Value},
		Datastore:  Named{Name: v.input.Datastore, ID: v.datastore.Value},
		Network:    v.network(),
		Clusters:   []Named{}, Hosts: []Named{}, Templates: append([]Named{}, v.templates...),
	}
	for _, c := range v.clusters {
		ready.Clusters = append(ready.Clusters, Named{Name: c.Name, ID: c.Self.Value, ResourcePoolID: c.ResourcePool.Value})
		for _, site := range c.sites {
			ready.Hosts = append(ready.Hosts, Named{Name: site.name, ID: site.system.Self.Value, Cluster: c.Name})
		}
	}
	return ready
}

// network is the simulator's one network: a cluster has the datacenter's first.
func (v *VCenter) network() Named {
	network := Named{Name: networkName}
	if len(v.clusters) > 0 {
		network.ID = v.clusters[0].Network[0].Value
	}
	return network
}

const networkName = "VM Network" // the simulator's
