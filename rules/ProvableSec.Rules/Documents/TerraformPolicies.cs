using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a plan or state of Terraform as <c>terraform show -json</c> writes it: JSON in strings; what is known after apply is not there.</summary>
internal static class TerraformPolicies
{
    /// <summary>True for a plan, and for a state, which has the values of what is there.</summary>
    public static bool IsPlan(JsonElement root) => root.TryGetProperty("format_version", out _) && (root.TryGetProperty("planned_values", out _) || (root.TryGetProperty("values", out JsonElement values) && values.TryGetProperty("root_module", out _)));

    /// <summary>The policies of a plan or a state.</summary>
    /// <param name="root">The plan or state.</param>
    /// <param name="like">What is known about each of them.</param>
    /// <param name="unjudged">Gets those that are known after apply only.</param>
    public static IReadOnlyList<FoundPolicy> Of(JsonElement root, PolicyContext like, List<UnjudgedPolicy> unjudged)
    {
        var found = new List<FoundPolicy>();
        if ((root.TryGetProperty("planned_values", out JsonElement values) || root.TryGetProperty("values", out values)) && values.TryGetProperty("root_module", out JsonElement module))
        {
            InModule(module, like, found);
        }

        foreach (JsonElement change in root.TryGetProperty("resource_changes", out JsonElement changes) ? changes.Items() : [])
        {
            if (change.TryGetProperty("type", out JsonElement type) && change.TryGetProperty("change", out JsonElement what) && what.TryGetProperty("after_unknown", out JsonElement unknown))
            {
                unjudged.AddRange(TerraformTypes.Of(type.Text).Where(attribute => unknown.TryGetProperty(attribute.Name, out JsonElement value) && HasTrue(value))
                    .Select(attribute => new UnjudgedPolicy(unknown.Pointer + "/" + attribute.Name, AddressOf(change, type))));
            }
        }

        return found;
    }

    private static void InModule(JsonElement module, PolicyContext like, List<FoundPolicy> found)
    {
        foreach (JsonElement resource in module.TryGetProperty("resources", out JsonElement resources) ? resources.Items() : [])
        {
            found.AddRange(InResource(resource, like));
        }

        foreach (JsonElement child in module.TryGetProperty("child_modules", out JsonElement children) ? children.Items() : [])
        {
            InModule(child, like, found);
        }
    }

    private static IEnumerable<FoundPolicy> InResource(JsonElement resource, PolicyContext like)
    {
        // A data source reads what is there; aws_iam_policy_document is a text that other resources take.
        if (!resource.TryGetProperty("type", out JsonElement type) || type.Kind != JsonKind.String || !resource.TryGetProperty("values", out JsonElement values)
            || (resource.TryGetProperty("mode", out JsonElement mode) && mode.Text == "data"))
        {
            yield break;
        }

        string address = AddressOf(resource, type);
        IReadOnlyList<PolicyAttribute> attributes = TerraformTypes.Of(type.Text);
        foreach (PolicyAttribute attribute in attributes)
        {
            if (!values.TryGetProperty(attribute.Name, out JsonElement value) || (type.Text == "aws_organizations_policy" && ControlType(values) is null))
            {
                continue;
            }

            // inline_policy and details are lists of objects with a policy each.
            foreach (JsonElement document in value.Kind == JsonKind.String ? [value] : value.Items().Select(item => item.TryGetProperty("policy", out JsonElement inline) ? inline : item).ToList())
            {
                if (document.Kind == JsonKind.String && document.Text.Length > 0)
                {
                    PolicyType actual = type.Text == "aws_organizations_policy" ? ControlType(values)!.Value : attribute.Type;
                    yield return new FoundPolicy(PolicyText.Of(document, conditions: null).Text, like with { Type = actual, ResourceType = attribute.ResourceType }, "Terraform plan", document.Pointer, address);
                }
            }
        }

        foreach (FoundPolicy implied in TerraformGrants.Of(type.Text, values, like, address))
        {
            yield return implied;
        }

        foreach (JsonElement document in attributes.Count == 0 && type.Text.StartsWith("aws_", StringComparison.Ordinal) ? values.Members().Select(attribute => attribute.Value).Where(PolicyForm.IsIn) : [])
        {
            MappedText text = PolicyText.Of(document, conditions: null).Text;
            yield return new FoundPolicy(text, like with { Type = PolicyForm.TypeOf(text.Text), ResourceType = null }, "content", document.Pointer, address) { UnknownOwnerType = type.Text };
        }
    }

    private static string AddressOf(JsonElement resource, JsonElement type) => resource.TryGetProperty("address", out JsonElement named) ? named.Text : type.Text;

    /// <summary>True where something of the value is known after apply only.</summary>
    private static bool HasTrue(JsonElement value) => value.Kind == JsonKind.True || value.Items().Exists(HasTrue) || value.Members().Exists(member => HasTrue(member.Value));

    private static PolicyType? ControlType(JsonElement values) => values.TryGetProperty("type", out JsonElement type) ? PolicyForm.OfControl(type.Text) : PolicyType.ServiceControlPolicy;
}
