using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Testing.Sources;

/// <summary>The policies of a Terraform plan or state, and which role has them: by its name, or by what the configuration refers to where names are known after
/// apply.</summary>
internal sealed class PlanContent
{
    private readonly IReadOnlyDictionary<string, PolicyDocument> managed;
    private readonly Dictionary<string, JsonItem> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonItem> expressions = new(StringComparer.Ordinal);
    private readonly DocumentNotes notes;

    /// <summary>Reads a plan.</summary>
    /// <exception cref="PolicySourceException">It is none.</exception>
    public PlanContent(DocumentText source, IReadOnlyDictionary<string, PolicyDocument> managed)
    {
        this.managed = managed;
        JsonTree json = JsonTreeReader.Read(source);
        if (json.Problems.FirstOrDefault(p => p.IsError && p.Code is not (ProblemCode.DuplicateKey or ProblemCode.Comment)) is { } broken)
        {
            throw new PolicySourceException(broken.ToString());
        }

        if (PolicyDocuments.KindOf(json.Root) != DocumentKind.TerraformPlan)
        {
            throw new PolicySourceException($"{source.Name} is not a Terraform plan; expected what terraform show -json prints");
        }

        if ((json.Root.TryGetProperty("planned_values", out JsonItem values) || json.Root.TryGetProperty("values", out values))
            && values.TryGetProperty("root_module", out JsonItem module))
        {
            Collect(module);
        }

        if (json.Root.TryGetProperty("configuration", out JsonItem configuration) && configuration.TryGetProperty("root_module", out JsonItem root))
        {
            CollectExpressions(root, "");
        }

        Found = PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes);
    }

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Found { get; }

    /// <summary>The addresses of the roles.</summary>
    public IEnumerable<string> Roles => OfType("aws_iam_role");

    /// <summary>The address of the role of a name.</summary>
    public string? AddressOfName(string name) => Roles.FirstOrDefault(address => Text(address, "name") == name);

    /// <summary>The policies of a role.</summary>
    public HolderPolicies PoliciesOf(string role)
    {
        var identity = ImmutableArray.CreateBuilder<FoundPolicy>();
        var elsewhere = ImmutableArray.CreateBuilder<(PolicyDocument, IReadOnlyList<(string, bool)>)>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        Add(role);
        foreach (string address in OfType("aws_iam_role_policy").Where(address => IsOf(address, role)))
        {
            Add(address);
        }

        foreach (string address in OfType("aws_iam_role_policy_attachment").Where(address => IsOf(address, role)))
        {
            string? arn = Text(address, "policy_arn");
            string? here = References(address, "policy_arn").Select(Stem).FirstOrDefault(stem => OfType("aws_iam_policy").Any(policy => Stem(policy) == stem));
            if (OfType("aws_iam_policy").FirstOrDefault(policy => Stem(policy) == here || (arn is not null && Text(policy, "arn") == arn)) is { } policy)
            {
                Add(policy);
            }
            else
            {
                Attach(arn, address);
            }
        }

        foreach (JsonItem arn in resources[role].TryGetProperty("managed_policy_arns", out JsonItem arns) ? arns.Items() : [])
        {
            if (arn.Kind == JsonKind.String && !OfType("aws_iam_policy").Any(policy => Text(policy, "arn") == arn.Text))
            {
                Attach(arn.Text, role);
            }
        }

        string? boundary = Text(role, "permissions_boundary");
        string? boundaryStem = References(role, "permissions_boundary").Select(Stem).FirstOrDefault();
        FoundPolicy? limit = Found.FirstOrDefault(f => boundaryStem is not null && Stem(f.Owner) == boundaryStem);
        PolicyDocument? known = boundary is { Length: > 0 } && managed.TryGetValue(TemplateContent.NameOfManaged(boundary), out PolicyDocument? given) ? given
            : null;
        return new HolderPolicies
        {
            Identity = identity.ToImmutable(),
            Managed = elsewhere.ToImmutable(),
            Boundary = limit,
            ManagedBoundary = known,
            Trust = Found.FirstOrDefault(f => f.Owner == role && f.Context.Type == PolicyType.Trust),
            Arn = Text(role, "arn"),
            Unknown = unknown.ToImmutable(),
            UnknownLimits = limit is null && known is null && (boundary is { Length: > 0 } || boundaryStem is not null)
                ? ImmutableArray.Create($"the permissions boundary of {role} is not in the plan") : ImmutableArray<string>.Empty,
        };

        void Add(string address)
        {
            identity.AddRange(Found.Where(f => f.Owner == address && f.Context.Type == PolicyType.Identity && !f.IsImplied));
            unknown.AddRange(notes.Unjudged.Where(u => u.Owner == address && !u.Pointer.EndsWith("assume_role_policy", StringComparison.Ordinal))
                .Select(u => $"the policy of {address} is known only after apply"));
            unknown.AddRange(notes.PartlyJudged.Where(u => u.Owner == address)
                .Select(u => $"the policy of {address} has more combinations of values than are looked at"));
        }

        void Attach(string? arn, string address)
        {
            if (arn is not null && managed.TryGetValue(TemplateContent.NameOfManaged(arn), out PolicyDocument? document))
            {
                elsewhere.Add((document, []));
            }
            else
            {
                unknown.Add(arn is null ? $"the policy that {address} attaches is known only after apply"
                    : $"the managed policy {TemplateContent.NameOfManaged(arn)} of {address} is not in the plan, so that what it grants is not known; give "
                        + $"it with .WithManagedPolicy(\"{TemplateContent.NameOfManaged(arn)}\", \"….json\")");
            }
        }
    }

    private IEnumerable<string> OfType(string type) =>
        resources.Keys.Where(address => Stem(address) is var stem && stem.Split('.') is { Length: >= 2 } parts && parts[parts.Length - 2] == type);

    private bool IsOf(string address, string role) => Text(address, "role") is { } name ? name == Text(role, "name")
        : References(address, "role").Any(reference => Stem(reference) == Stem(role));

    private string? Text(string address, string attribute) => resources[address].TryGetProperty(attribute, out JsonItem value) && value.Kind == JsonKind.String
        ? value.Text : null;

    private IEnumerable<string> References(string address, string attribute) =>
        expressions.TryGetValue(Stem(address), out JsonItem own) && own.TryGetProperty(attribute, out JsonItem expression)
            && expression.TryGetProperty("references", out JsonItem references)
            ? references.Items().Select(reference => ModuleOf(address) + reference.Text)
            : [];

    private static string ModuleOf(string address) => Stem(address) is var stem && stem.Split('.') is var parts && parts.Length > 2
        ? string.Join(".", parts.Take(parts.Length - 2)) + "." : "";

    /// <summary>An address without the indexes of instances and without an attribute behind it.</summary>
    private static string Stem(string address)
    {
        string[] parts = System.Text.RegularExpressions.Regex.Replace(address, "\\[[^]]*\\]", "").Split('.');
        int at = Array.FindIndex(parts, part => part.StartsWith("aws_", StringComparison.Ordinal));
        return at < 0 ? string.Join(".", parts) : string.Join(".", parts.Take(at + 2));
    }

    private void Collect(JsonItem module)
    {
        foreach (JsonItem resource in module.TryGetProperty("resources", out JsonItem listed) ? listed.Items() : [])
        {
            if (resource.TryGetProperty("address", out JsonItem address) && resource.TryGetProperty("values", out JsonItem values))
            {
                resources[address.Text] = values;
            }
        }

        foreach (JsonItem child in module.TryGetProperty("child_modules", out JsonItem children) ? children.Items() : [])
        {
            Collect(child);
        }
    }

    private void CollectExpressions(JsonItem module, string prefix)
    {
        foreach (JsonItem resource in module.TryGetProperty("resources", out JsonItem listed) ? listed.Items() : [])
        {
            if (resource.TryGetProperty("address", out JsonItem address) && resource.TryGetProperty("expressions", out JsonItem own))
            {
                expressions[prefix + address.Text] = own;
            }
        }

        foreach (JsonMember call in module.TryGetProperty("module_calls", out JsonItem calls) ? calls.Members() : [])
        {
            if (call.Value.TryGetProperty("module", out JsonItem child))
            {
                CollectExpressions(child, $"{prefix}module.{call.Name}.");
            }
        }
    }
}
