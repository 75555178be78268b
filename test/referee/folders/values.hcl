# Ways to give a value, each alone in the catalogue and one inside the other in random folders. A header names the types of values that it
# is for and its kind; then declarations, perhaps for other files (`--- FILE`); then `=>` and the expression. VALUE is a literal of the
# type TYPE, OTHER another one, JSON and RAW the first in JSON and as the command line takes it, EXPR what is inside, @ the unit's name.
# What begins with VALUE can only be innermost. A mark before the kind is known to disagree: `!` a wrong value, `?` needlessly unknown.
# `~`: may be unknown for good.

### any: literal
=> VALUE

### any: variable, default without a type
variable "@x" { default = VALUE }
=> var.@x

### any: variable, default with its type
variable "@x" {
  type    = TYPE
  default = VALUE
}
=> var.@x

### any: variable of type any
variable "@x" {
  type    = any
  default = VALUE
}
=> var.@x

### number bool: variable, default in quotes
variable "@x" {
  type    = TYPE
  default = "VALUE"
}
=> var.@x

### number bool: variable of type string for what is none
variable "@x" {
  type    = string
  default = VALUE
}
=> var.@x

### any: variable, terraform.tfvars over default
variable "@x" {
  type    = TYPE
  default = OTHER
}
--- terraform.tfvars
@x = VALUE
=> var.@x

### any: variable, terraform.tfvars without a default
variable "@x" { type = TYPE }
--- terraform.tfvars
@x = VALUE
=> var.@x

### any: variable, terraform.tfvars.json over terraform.tfvars
variable "@x" { type = TYPE }
--- terraform.tfvars
@x = OTHER
--- terraform.tfvars.json
"@x": JSON
=> var.@x

### any: variable, auto.tfvars over terraform.tfvars
variable "@x" { type = TYPE }
--- terraform.tfvars
@x = OTHER
--- some.auto.tfvars
@x = VALUE
=> var.@x

### any: variable, later auto.tfvars over earlier
variable "@x" { type = TYPE }
--- some.auto.tfvars
@x = OTHER
--- u.auto.tfvars.json
"@x": JSON
=> var.@x

### any: variable, -var-file over auto.tfvars
variable "@x" { type = TYPE }
--- some.auto.tfvars
@x = OTHER
--- -var-file
@x = VALUE
=> var.@x

### any: variable, -var over -var-file
variable "@x" { type = TYPE }
--- -var-file
@x = OTHER
--- -var
@x=RAW
=> var.@x

### any: variable, TF_VAR over default
variable "@x" {
  type    = TYPE
  default = OTHER
}
--- TF_VAR
@x=RAW
=> var.@x

### any: variable, terraform.tfvars over TF_VAR
variable "@x" { type = TYPE }
--- TF_VAR
@x=OTHERRAW
--- terraform.tfvars
@x = VALUE
=> var.@x

### text number bool: variable without a type, -var
variable "@x" {}
--- -var
@x=RAW
=> var.@x

### any: variable, null given, not nullable
variable "@x" {
  type     = TYPE
  default  = VALUE
  nullable = false
}
--- terraform.tfvars
@x = null
=> var.@x

### text number bool: variable, null given over a default
variable "@x" {
  type    = TYPE
  default = OTHER
}
--- terraform.tfvars
@x = null
=> coalesce(var.@x, VALUE)

### any: variable, null by default
variable "@x" {
  type    = TYPE
  default = null
}
=> var.@x != null ? var.@x : VALUE

### any: ~ variable that is sensitive
variable "@x" {
  type      = TYPE
  default   = VALUE
  sensitive = true
}
=> var.@x

### any: object, attribute that is given
variable "@x" {
  type    = object({ a = TYPE, b = optional(string) })
  default = { a = VALUE }
}
=> var.@x.a

### any: object, optional with default
variable "@x" {
  type    = object({ a = optional(TYPE, VALUE), b = string })
  default = { b = "x" }
}
=> var.@x.a

### any: object, optional with default, null given
variable "@x" {
  type    = object({ a = optional(TYPE, VALUE), b = string })
}
--- terraform.tfvars
@x = { a = null, b = "x" }
=> var.@x.a

### any: object, optional with default, given
variable "@x" {
  type    = object({ a = optional(TYPE, OTHER), b = string })
}
--- terraform.tfvars
@x = { a = VALUE, b = "x" }
=> var.@x.a

### any: object, optional without default
variable "@x" {
  type    = object({ a = optional(TYPE) })
  default = {}
}
=> var.@x.a == null ? VALUE : var.@x.a

### any: object, nested optional defaults
variable "@x" {
  type    = object({ in = optional(object({ a = optional(TYPE, VALUE) }), {}) })
  default = {}
}
=> var.@x.in.a

### any: object, attribute that is not declared
variable "@x" {
  type    = object({ b = string })
  default = { b = "x", a = OTHER }
}
=> try(var.@x.a, VALUE)

### any: map of objects with optional defaults
variable "@x" {
  type = map(object({ a = optional(TYPE, VALUE), b = optional(string) }))
}
--- terraform.tfvars
@x = { one = { b = "x" }, two = { a = OTHER } }
=> var.@x["one"].a

### any: list of objects with optional defaults
variable "@x" {
  type    = list(object({ a = optional(TYPE, VALUE), b = optional(string) }))
  default = [{ b = "x" }, { a = OTHER }]
}
=> var.@x[0].a

### any: lookup in an object with optional defaults
variable "@x" {
  type    = object({ a = optional(TYPE, VALUE) })
  default = {}
}
=> lookup(var.@x, "a", OTHER)

### any: merge over an object with optional defaults
variable "@x" {
  type    = object({ a = optional(TYPE, VALUE), b = optional(TYPE) })
  default = {}
}
=> merge({ a = OTHER }, var.@x).a

### any: tuple
variable "@x" {
  type    = tuple([TYPE, string])
  default = [VALUE, 1]
}
=> var.@x[0]

### any: map of the type
variable "@x" {
  type    = map(TYPE)
  default = { a = VALUE, b = OTHER }
}
=> var.@x.a

### any: list of the type
variable "@x" {
  type    = list(TYPE)
  default = [OTHER, VALUE]
}
=> var.@x[1]

### text: set, its only element
variable "@x" {
  type    = set(string)
  default = [VALUE, VALUE]
}
=> one(var.@x)

### number: set, its length
variable "@x" {
  type    = set(string)
  default = ["a", "b", "a"]
}
=> VALUE + length(var.@x)

### number: map of strings given as numbers
variable "@x" {
  type    = map(string)
  default = { a = VALUE }
}
=> var.@x["a"]

### bool: equality with a converted text
variable "@x" {
  type    = map(string)
  default = { n = 1 }
}
=> var.@x["n"] == "1" ? VALUE : OTHER

### any: JSON read
=> jsondecode("{\"a\": ${jsonencode(VALUE)}}").a

### any: YAML read
=> yamldecode("a: ${jsonencode(VALUE)}").a

### any: variable, default of its object whole
variable "@x" {
  type    = object({ in = optional(object({ a = optional(TYPE), b = optional(string, "x") }), { a = VALUE }) })
  default = {}
}
=> var.@x.in.a

### any: variable, -var of an object
variable "@x" {
  type = object({ a = TYPE, b = optional(string, "x") })
}
--- -var
@x={ a = VALUE }
=> var.@x.a

### any: map of any
variable "@x" {
  type    = map(any)
  default = { a = VALUE }
}
=> var.@x["a"]

### text number: default converted to a map's type
variable "@x" {
  type    = map(string)
  default = { n = 8192, t = true }
}
=> "${var.@x.n}" == "8192" && var.@x.t == "true" ? VALUE : OTHER

### any: length of a map of objects
variable "@x" {
  type    = map(object({ on = optional(bool, true) }))
  default = { a = {}, b = { on = false } }
}
=> length([for k, v in var.@x : k if v.on]) == 1 ? VALUE : OTHER

### any: through a local
locals { @x = EXPR }
=> local.@x

### any: through a chain of locals
locals {
  @x = EXPR
  @y = local.@x
  @z = { a = { b = local.@y } }
}
=> local.@z.a["b"]

### any: in quotes, as 0.11 wrote it
locals { @x = "${EXPR}" }
=> "${local.@x}"

### any: conditional on a variable
variable "@c" {
  type    = bool
  default = true
}
locals { @x = EXPR }
=> var.@c ? local.@x : OTHER

### any: conditional on a text
variable "@c" { default = "prod" }
locals { @x = EXPR }
=> var.@c != "prod" ? OTHER : local.@x

### any: conditional with null
locals { @x = EXPR }
=> 1 == 2 ? null : local.@x

### any: element of a tuple
=> [OTHER, EXPR][1]

### any: attribute of an object
=> { a = EXPR, b = null }.a

### any: lookup with a default
=> lookup({ b = OTHER }, "a", EXPR)

### any: lookup that finds
locals { @m = { prod = EXPR, test = OTHER } }
=> lookup(local.@m, "prod", OTHER)

### any: index by a variable
variable "@env" { default = "prod" }
locals { @m = { prod = EXPR, test = OTHER } }
=> local.@m[var.@env]

### any: try, the second
locals { @none = {} }
=> try(local.@none.a, EXPR)

### any: try, the first
locals { @x = { a = EXPR } }
=> try(local.@x.a, OTHER)

### any: merge, the later
=> merge({ a = OTHER }, { a = EXPR }).a

### any: merge with null
=> merge({ a = EXPR }, null, { b = 1 }).a

### any: for over a list
=> [for x in [OTHER, EXPR] : x][1]

### any: for over a map
=> { for k, v in { a = EXPR } : upper(k) => v }["A"]

### any: for with grouping
=> { for x in [EXPR] : "k" => x... }["k"][0]

### any: full splat
locals { @x = [{ a = OTHER }, { a = EXPR }] }
=> (local.@x[*].a)[1]

### any: attribute splat
locals { @x = [{ a = EXPR }] }
=> element(local.@x.*.a, 0)

### any: splat of a single value
locals { @x = { a = EXPR } }
=> one(local.@x[*].a)

### any: values of a map
=> values({ b = OTHER, a = EXPR })[0]

### any: JSON and back
=> jsondecode(jsonencode({ a = EXPR })).a

### any: concat and slice
=> concat([OTHER], [EXPR])[1]

### any: zipmap
=> zipmap(["a", "b"], [EXPR, OTHER])["a"]

### text number bool: coalesce after null
=> coalesce(null, EXPR)

### text number bool: tostring
=> tostring(EXPR)

### any: output of a module
module "@m" {
  source = "./modules/@m"
  x      = EXPR
}
--- modules/@m/main.tf
variable "x" { type = TYPE }
output "x" { value = var.x }
=> module.@m.x

### any: output of a module inside a module
module "@m" {
  source = "./modules/@m"
  x      = EXPR
}
--- modules/@m/main.tf
variable "x" {}
module "in" {
  source = "./in"
  given  = { a = var.x }
}
output "x" { value = module.in.x }
--- modules/@m/in/main.tf
variable "given" {
  type = object({ a = TYPE, b = optional(number, 1) })
}
locals { x = var.given.a }
output "x" { value = local.x }
=> module.@m.x

### any: output of a module with for_each
module "@m" {
  source   = "./modules/@m"
  for_each = toset(["a"])
  x        = EXPR
}
--- modules/@m/main.tf
variable "x" { type = TYPE }
output "x" { value = { key = var.x } }
=> module.@m["a"].x.key

### any: output of a module, default of its input
module "@m" {
  source = "./modules/@m"
}
--- modules/@m/main.tf
variable "x" {
  type    = TYPE
  default = VALUE
}
output "x" { value = var.x }
=> module.@m.x

### number: arithmetic
=> (EXPR * 2 + 2) / 2 - 1

### number: a third of thrice as much
=> EXPR * 3 / 3

### number: rounded up to a multiple
=> ceil(EXPR / 1024) * 1024

### number: parseint
=> parseint(tostring(EXPR), 10)

### number: floor of a product
=> floor(EXPR * 0.9) + 1

### number: floor of a hundredth
=> floor(0.29 * 100) + EXPR

### number: max and min
=> min(max(EXPR, 1), 1048576)

### number: sum
=> sum([EXPR, 1, 0.5, 0.5])

### number: text and back
=> tonumber("${EXPR}")

### number: length of range
=> EXPR + length(range(3))

### number: tolist of mixed types
=> tolist([EXPR, "2"])[0]

### text: in a template
=> "a-${EXPR}-b"

### text: conditional in a template
=> "n-${1 == 1 ? EXPR : "none"}"

### text: loop in a template
=> "n-${join("+", [for x in [EXPR, "b"] : upper(x)])}"

### text: format
=> format("%s-%02d", EXPR, 7)

### text: join and split
=> join("-", split(".", EXPR))

### text: upper and lower
=> lower(upper(EXPR))

### text: replace
=> replace(EXPR, "-", "_")

### text: replace with a regular expression
=> replace(EXPR, "/[0-9]+$/", "n")

### text: substr and trimspace
=> trimspace(substr(" ${EXPR}abc", 0, 4))

### text: heredoc
locals {
  @x = <<-EOT
    name: ${EXPR}
      in: it
  EOT
}
=> trimspace(local.@x)

### text: template with if
=> "%{ if EXPR == "none" }none%{ else }${EXPR}%{ endif }"

### text: template with for
=> "%{ for x in [EXPR, "b"] }${x};%{ endfor }"

### text: regex
=> try(regex("^[a-z]+", EXPR), "none")

### text: hash
=> substr(sha256(EXPR), 0, 8)

### text: keys
=> keys({ (EXPR) = 1 })[0]

### text: workspace
=> "${EXPR}-${terraform.workspace}"

### text: template file
--- @motd.tftpl
${name} and ${n}
=> trimspace(templatefile("${path.module}/@motd.tftpl", { name = EXPR, n = 1 }))

### text: JSON file
--- @data.json
{ "vms": [{ "name": "from-file" }] }
=> "${jsondecode(file("${path.module}/@data.json")).vms[0].name}-${EXPR}"

### bool: negation
=> !(!EXPR)

### bool: logic
=> EXPR && true || false

### bool: comparison
=> EXPR == true

### bool: can
=> can(tonumber("x")) || EXPR

### bool: alltrue
=> alltrue([EXPR, true])

### map: merge
=> merge({ "a" = 1 }, EXPR, { "z" = "" })

### map: merge conditional
=> merge(EXPR, true ? { "t" = "x" } : {})

### map: spread merge
=> merge([EXPR, { "q" = 2 }]...)

### map: for with a filter
=> { for k, v in EXPR : k => v if v != null && v != "" }

### map: tomap
=> tomap(EXPR)

### map: keys that are no texts
locals { @x = 7 }
=> { (local.@x) = "a", (local.@x > 3) = "b", (1.50) = "c", true = "d" }

### map: keys made
=> { for i in range(2) : "pciPassthru${i}.customLabel" => "gpu-${i}" }

### list: distinct and sort
=> sort(distinct(EXPR))

### list: toset
=> toset(EXPR)

### list: concat
=> concat(EXPR, ["0000:d8:00.0"])

### list: compact
=> compact(concat(EXPR, [""]))

### list: flatten
=> flatten([EXPR, [["0000:d8:00.0"]]])

### list: for with a condition
=> [for d in EXPR : lower(d) if d != "0000:af:00.0"]

### list: slice
=> slice(EXPR, 0, 1)

### list: setunion
=> setunion(EXPR, ["0000:d8:00.0"])

### list: formatlist
=> formatlist("%s", EXPR)

### list: reverse
=> reverse(EXPR)

### list: conditional with an empty list
locals { @x = EXPR }
=> length(local.@x) > 0 ? local.@x : []
