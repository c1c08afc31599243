using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a template of CloudFormation or SAM, which is also what the CDK writes (AWS CloudFormation Template Reference).</summary>
internal static class CloudFormationPolicies
{
    /// <summary>True for an object with Resources that have types.</summary>
    public static bool IsTemplate(JsonElement root)
    {
        if (!root.TryGetProperty("Resources", out JsonElement resources))
        {
            return root.TryGetProperty("AWSTemplateFormatVersion", out _);
        }

        foreach (JsonProperty resource in resources.Properties())
        {
            if (resource.Value.TryGetProperty("Type", out JsonElement type) && type.Kind == JsonKind.String && type.Text.IndexOf("::", StringComparison.Ordinal) > 0)
            {
                return true;
            }
        }

        return root.TryGetProperty("AWSTemplateFormatVersion", out _);
    }

    /// <summary>What a property of a resource is; null where it is no policy.</summary>
    public static PolicyContext? OfProperty(string resourceType, string property) =>
        CloudFormationTypes.Of(resourceType).FirstOrDefault(place => place.Path == property && !place.IsStatements) is { } place ? new PolicyContext(place.Type, place.ResourceType, IsUser(resourceType)) : null;

    /// <summary>The policies of a template.</summary>
    /// <param name="root">The template.</param>
    /// <param name="like">What is known about each of them.</param>
    /// <param name="unjudged">Gets those that only the deployment knows.</param>
    public static IReadOnlyList<FoundPolicy> Of(JsonElement root, PolicyContext like, List<UnjudgedPolicy> unjudged) =>
        !root.TryGetProperty("Resources", out JsonElement resources) ? []
        : TemplateHolders.Of(resources) is { } holders ? PolicyHolders.Together([.. Documents(resources, like, holders, unjudged)], [])
        : [.. Documents(resources, like with { HasTooMuchBeside = true }, Array.Empty<string>().ToLookup(name => name), unjudged)];

    private static IEnumerable<FoundPolicy> Documents(JsonElement resources, PolicyContext like, ILookup<string, string> holders, List<UnjudgedPolicy> unjudged)
    {
        HashSet<string> boundaries = Boundaries(resources);
        foreach (JsonProperty resource in resources.Properties())
        {
            if (!resource.Value.TryGetProperty("Type", out JsonElement named) || named.Kind != JsonKind.String || !resource.Value.TryGetProperty("Properties", out JsonElement properties))
            {
                continue;
            }

            string type = named.Text, owner = $"{resource.Name} ({type})";
            IReadOnlyList<CloudFormationPlace> places = CloudFormationTypes.Of(type);
            foreach (CloudFormationPlace place in places)
            {
                foreach (JsonElement value in At(properties, place.Path))
                {
                    if (type == "AWS::Organizations::Policy" && ControlType(properties) is null)
                    {
                        continue;
                    }

                    PolicyType actual = type == "AWS::Organizations::Policy" ? ControlType(properties)!.Value
                        : type == "AWS::IAM::ManagedPolicy" && boundaries.Contains(resource.Name) ? PolicyType.PermissionsBoundary
                        : place.Type;
                    PolicyContext context = like with { Type = actual, ResourceType = place.ResourceType, IsForUser = IsUser(type) };
                    if (Found(value, place, context, owner) is { } policy)
                    {
                        yield return policy with { Holders = [.. holders[resource.Name]] };
                    }
                    else if (IsOpen(value) && !place.Path.EndsWith("Policies", StringComparison.Ordinal) && !place.Path.EndsWith("/*", StringComparison.Ordinal))
                    {
                        unjudged.Add(new UnjudgedPolicy(value.Pointer, owner));
                    }
                }
            }

            foreach (FoundPolicy implied in CloudFormationGrants.Of(resource, type, properties, like))
            {
                yield return implied.Context.Type == PolicyType.Identity ? implied with { Holders = [.. holders[resource.Name]] } : implied;
            }

            foreach (JsonElement value in places.Count == 0 ? PolicyForm.Below(properties) : [])
            {
                (MappedText text, int unknown) = PolicyText.Of(value, TemplateConditions.None);
                yield return new FoundPolicy(text, like with { Type = PolicyForm.TypeOf(text.Text), ResourceType = null }, "content", value.Pointer, owner) { UnknownValues = unknown, UnknownOwnerType = type };
            }
        }
    }

    private static FoundPolicy? Found(JsonElement value, CloudFormationPlace place, PolicyContext context, string owner)
    {
        if (place.IsStatements)
        {
            return value.Kind is JsonKind.Object or JsonKind.Array
                ? Read(value, statements => new MappedTextBuilder().Add("{\"Version\":\"2012-10-17\",\"Statement\":", value.Span).Append(statements).Add("}", value.Span).Build()) with { Wrapped = "/Statement" }
                : null;
        }

        return PolicyText.OfFormatted(value) is { } formatted ? new FoundPolicy(formatted.Text, context, "template", value.Pointer, owner) { UnknownValues = formatted.Unknown }
            : IsPolicy(value) ? Read(value, text => text)
            : null;

        FoundPolicy Read(JsonElement from, Func<MappedText, MappedText> around)
        {
            var branches = new List<PolicyBranch>();
            int unknown = 0;
            foreach ((IReadOnlyList<string> words, TemplateConditions choice) in TemplateConditions.In(from))
            {
                // What stays unknown is counted where no condition is met, which is the last choice.
                (MappedText branch, unknown) = PolicyText.Of(from, choice);
                branches.Add(new PolicyBranch(words, around(branch)));
            }

            if (branches.Count > 0)
            {
                return new FoundPolicy(branches[0].Text, context, "template", from.Pointer, owner) { UnknownValues = unknown, Branches = branches };
            }

            (MappedText text, unknown) = PolicyText.Of(from, TemplateConditions.None);
            return new FoundPolicy(around(text), context, "template", from.Pointer, owner) { UnknownValues = unknown };
        }
    }

    private static bool IsUser(string resourceType) => resourceType is "AWS::IAM::UserPolicy" or "AWS::IAM::User";

    /// <summary>An object with a Statement, or JSON in a string; SAM also lists names of policies.</summary>
    private static bool IsPolicy(JsonElement value) =>
        value.Kind == JsonKind.Object ? value.TryGetProperty("Statement", out _) : value.Kind == JsonKind.String && value.Text.TrimStart().StartsWith("{", StringComparison.Ordinal);

    private static PolicyType? ControlType(JsonElement properties) => properties.TryGetProperty("Type", out JsonElement type) ? PolicyForm.OfControl(type.Text) : null;

    /// <summary>Managed policies of the template that a user or role of it has as boundary: they grant nothing.</summary>
    private static HashSet<string> Boundaries(JsonElement resources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty resource in resources.Properties())
        {
            if (resource.Value.TryGetProperty("Properties", out JsonElement properties) && properties.TryGetProperty("PermissionsBoundary", out JsonElement boundary)
                && boundary.TryGetProperty("Ref", out JsonElement reference))
            {
                names.Add(reference.Text);
            }
        }

        return names;
    }

    /// <summary>True for a function whose value is known only at deployment.</summary>
    private static bool IsOpen(JsonElement value) => value is { Kind: JsonKind.Object, Count: 1 } && value.Members().TrueForAll(property => property.Name.StartsWith("Fn::", StringComparison.Ordinal) || (property.Name == "Ref" && property.Value.Text != "AWS::NoValue"));

    /// <summary>The values at the end of a way, on either side of each <c>Fn::If</c>.</summary>
    private static IEnumerable<JsonElement> At(JsonElement value, string path)
    {
        int slash = path.IndexOf('/');
        string step = slash < 0 ? path : path.Substring(0, slash);
        var next = new List<JsonElement>();
        foreach (JsonElement either in TemplateConditions.Either(value))
        {
            if (step == "*")
            {
                foreach (JsonElement item in either.Elements())
                {
                    next.AddRange(TemplateConditions.Either(item));
                }
            }
            else if (either.TryGetProperty(step, out JsonElement found))
            {
                next.AddRange(TemplateConditions.Either(found));
            }
        }

        return slash < 0 ? next : next.SelectMany(item => At(item, path.Substring(slash + 1)));
    }
}
