using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a plan or state of Terraform as <c>terraform show -json</c> writes it: JSON in strings; what is known after apply is not
/// there.</summary>
internal static class TerraformPolicies
{
    /// <summary>True for a plan, and for a state, which has the values of what is there.</summary>
    public static bool IsPlan(JsonItem root) => root.TryGetProperty("format_version", out _)
        && (root.TryGetProperty("planned_values", out _)
            || (root.TryGetProperty("values", out JsonItem values) && values.TryGetProperty("root_module", out _)));

    /// <summary>The policies of a plan or a state.</summary>
    /// <param name="root">The plan or state.</param>
    /// <param name="like">What is known about each of them.</param>
    /// <param name="notes">Gets those that are known after apply only.</param>
    public static IReadOnlyList<FoundPolicy> Of(JsonItem root, PolicyContext like, DocumentNotes notes)
    {
        var found = new List<FoundPolicy>();
        var configuration = new TerraformConfiguration(root);
        List<JsonItem> resources = All(root);
        var buckets = new TerraformBuckets(configuration,
            resources.Select(resource => (AddressOf(resource, TypeOf(resource)), TypeOf(resource).Text, ValuesOf(resource))));
        foreach (JsonItem resource in resources)
        {
            found.AddRange(InResource(resource, like, buckets));
        }

        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonItem change in root.TryGetProperty("resource_changes", out JsonItem changes) ? changes.Items() : [])
        {
            if (change.TryGetProperty("type", out JsonItem type) && change.TryGetProperty("change", out JsonItem what)
                && what.TryGetProperty("after_unknown", out JsonItem unknown))
            {
                foreach (PolicyAttribute attribute in TerraformTypes.Of(type.Text)
                    .Where(attribute => unknown.TryGetProperty(attribute.Name, out JsonItem value) && HasTrue(value)))
                {
                    AddKnownAfterApply(change, type, what, unknown, attribute);
                }
            }
        }

        AddProblems(root, notes);
        return found;

        // What is written down of it is judged; blocks that are made in loops are not among it, and nothing says so.
        void AddKnownAfterApply(JsonItem change, JsonItem type, JsonItem what, JsonItem unknown, PolicyAttribute attribute)
        {
            string address = AddressOf(change, type), of = TerraformConfiguration.ModuleOf(address);
            JsonItem? source = configuration.Find(of, TerraformConfiguration.Within(address));
            if (TerraformPolicyDocument.Of(configuration, of, TerraformConfiguration.References(source, attribute.Name)) is not { } policy)
            {
                notes.AddUnjudged(unknown.Pointer + "/" + attribute.Name, address);
                return;
            }

            notes.AddPartlyJudged(unknown.Pointer + "/" + attribute.Name, address);
            JsonItem after = what.TryGetProperty("after", out JsonItem known) ? known : what;
            PolicyType? actual = type.Text == "aws_organizations_policy" ? ControlType(after) : attribute.Type;
            string pointer = source!.Value.Pointer + "/expressions/" + attribute.Name;
            if (actual is { } kind && made.Add(pointer))
            {
                found.Add(new FoundPolicy(policy.Text, like with { Type = kind, ResourceType = attribute.ResourceType }, PolicyTypeOrigin.Holder, pointer,
                    address)
                {
                    UnknownValues = policy.Unknown,
                    Block = buckets.BlockOf(address, type.Text, after),
                    IsPlaceOnly = true,
                });
            }
        }
    }

    /// <summary>The resources of a plan or a state: address, type and values.</summary>
    public static IEnumerable<(string Address, string Type, JsonItem Values)> ResourcesOf(JsonItem root) =>
        All(root).Select(resource => (AddressOf(resource, TypeOf(resource)), TypeOf(resource).Text, ValuesOf(resource)));

    private static List<JsonItem> All(JsonItem root)
    {
        var resources = new List<JsonItem>();
        if ((root.TryGetProperty("planned_values", out JsonItem values) || root.TryGetProperty("values", out values))
            && values.TryGetProperty("root_module", out JsonItem module))
        {
            InModule(module, resources);
        }

        return resources;
    }

    private static void AddProblems(JsonItem root, DocumentNotes notes)
    {
        if (root.TryGetProperty("format_version", out JsonItem version)
            && !(version.Text.StartsWith("0.", StringComparison.Ordinal) || version.Text.StartsWith("1.", StringComparison.Ordinal)))
        {
            notes.Add(version.Problem(ProblemCode.InvalidValue,
                $"format version {Policies.CheckedText.Quoted(version.Text)} of Terraform's JSON is not known, 0 and 1 are; what looks the same is judged"));
        }
    }

    private static void InModule(JsonItem module, List<JsonItem> found)
    {
        // A data source reads what is there; aws_iam_policy_document is a text that other resources take.
        found.AddRange((module.TryGetProperty("resources", out JsonItem resources) ? resources.Items() : []).Where(resource =>
            resource.TryGetProperty("type", out JsonItem type) && type.Kind == JsonKind.String && resource.TryGetProperty("values", out _)
                && !(resource.TryGetProperty("mode", out JsonItem mode) && mode.Text == "data")));
        foreach (JsonItem child in module.TryGetProperty("child_modules", out JsonItem children) ? children.Items() : [])
        {
            InModule(child, found);
        }
    }

    private static JsonItem TypeOf(JsonItem resource) => resource.TryGetProperty("type", out JsonItem type) ? type : resource;

    private static JsonItem ValuesOf(JsonItem resource) => resource.TryGetProperty("values", out JsonItem values) ? values : resource;

    private static IEnumerable<FoundPolicy> InResource(JsonItem resource, PolicyContext like, TerraformBuckets buckets)
    {
        JsonItem type = TypeOf(resource), values = ValuesOf(resource);
        string address = AddressOf(resource, type);
        IReadOnlyList<PolicyAttribute> attributes = TerraformTypes.Of(type.Text);
        foreach (PolicyAttribute attribute in attributes)
        {
            if (!values.TryGetProperty(attribute.Name, out JsonItem value) || (type.Text == "aws_organizations_policy" && ControlType(values) is null))
            {
                continue;
            }

            // inline_policy and details are lists of objects with a policy each.
            foreach (JsonItem document in value.Kind == JsonKind.String ? [value]
                : value.Items().Select(item => item.TryGetProperty("policy", out JsonItem inline) ? inline : item).ToList())
            {
                if (document.Kind == JsonKind.String && document.Text.Length > 0)
                {
                    PolicyType actual = type.Text == "aws_organizations_policy" ? ControlType(values)!.Value : attribute.Type;
                    yield return new FoundPolicy(PolicyText.Of(document, choice: null).Text, like with { Type = actual, ResourceType = attribute.ResourceType },
                        PolicyTypeOrigin.Holder, document.Pointer, address)
                    {
                        Block = buckets.BlockOf(address, type.Text, values),
                    };
                }
            }
        }

        foreach (FoundPolicy implied in TerraformGrants.Of(type.Text, values, like, address, buckets))
        {
            yield return implied;
        }

        foreach (JsonItem document in attributes.Count == 0 && type.Text.StartsWith("aws_", StringComparison.Ordinal)
            ? values.Members().Select(attribute => attribute.Value).Where(PolicyForm.IsIn) : [])
        {
            MappedText text = PolicyText.Of(document, choice: null).Text;
            yield return new FoundPolicy(text, like with { Type = PolicyForm.TypeOf(text.Text), ResourceType = null }, PolicyTypeOrigin.Content,
                document.Pointer, address)
            { UnknownOwnerType = type.Text };
        }
    }

    private static string AddressOf(JsonItem resource, JsonItem type) => resource.TryGetProperty("address", out JsonItem named) ? named.Text : type.Text;

    /// <summary>True where something of the value is known after apply only.</summary>
    private static bool HasTrue(JsonItem value) => value.Kind == JsonKind.True || value.Items().Exists(HasTrue)
        || value.Members().Exists(member => HasTrue(member.Value));

    private static PolicyType? ControlType(JsonItem values) => values.TryGetProperty("type", out JsonItem type) ? PolicyForm.OfControl(type.Text)
        : PolicyType.ServiceControlPolicy;
}
