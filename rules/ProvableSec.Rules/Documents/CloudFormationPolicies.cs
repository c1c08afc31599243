using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a template of CloudFormation or SAM, which is also what the CDK writes (AWS CloudFormation Template Reference).</summary>
internal static class CloudFormationPolicies
{
    /// <summary>True for an object with Resources that have types.</summary>
    public static bool IsTemplate(JsonItem root)
    {
        if (!root.TryGetProperty("Resources", out JsonItem resources))
        {
            return root.TryGetProperty("AWSTemplateFormatVersion", out _);
        }

        foreach (JsonMember resource in resources.Properties())
        {
            if (TemplateLoops.Is(resource) || (resource.Value.TryGetProperty("Type", out JsonItem type) && type.Kind == JsonKind.String
                && type.Text.IndexOf("::", StringComparison.Ordinal) > 0))
            {
                return true;
            }
        }

        return root.TryGetProperty("AWSTemplateFormatVersion", out _);
    }

    /// <summary>What a property of a resource is; null where it is not a policy.</summary>
    public static PolicyContext? OfProperty(string resourceType, string property) =>
        CloudFormationTypes.Of(resourceType).FirstOrDefault(place => place.Path == property && !place.IsStatements) is { } place
            ? new PolicyContext(place.Type, place.ResourceType, IsUser(resourceType)) : null;

    /// <summary>The policies of a template.</summary>
    /// <param name="root">The template.</param>
    /// <param name="like">What is known about each of them.</param>
    /// <param name="notes">Gets what could not be judged.</param>
    public static IReadOnlyList<FoundPolicy> Of(JsonItem root, PolicyContext like, DocumentNotes notes)
    {
        if (TemplateLoops.Expanded(root, notes) is { } expanded)
        {
            DocumentText source = root.Document.Source;
            JsonTree template = JsonTreeReader.Read(new DocumentText(expanded.Text, source.Name));
            TemplateValues.Pass(root.Document, template);
            IReadOnlyList<FoundPolicy> made = Of(template.Root, like, notes);
            notes.Map(expanded, source);
            return [.. made.Select(policy => policy with { Text = policy.Text.Through(expanded),
                Branches = [.. policy.Branches.Select(branch => branch with { Text = branch.Text?.Through(expanded) })] })];
        }

        if (!root.TryGetProperty("Resources", out JsonItem resources))
        {
            return [];
        }

        FoundPolicy[] found = TemplateHolders.Of(resources) is { } holders ? [.. PolicyHolders.Together([.. Documents(resources, like, holders, notes)], [])]
            : [.. Documents(resources, like with { HasTooMuchBeside = true }, Array.Empty<string>().ToLookup(name => name), notes)];
        TemplateProblems.AddTo(notes, root);
        return found;
    }

    private static IEnumerable<FoundPolicy> Documents(JsonItem resources, PolicyContext like, ILookup<string, string> holders, DocumentNotes notes)
    {
        HashSet<string> boundaries = Boundaries(resources);
        foreach (JsonMember resource in resources.Properties())
        {
            if (!resource.Value.TryGetProperty("Type", out JsonItem named) || named.Kind != JsonKind.String
                || !resource.Value.TryGetProperty("Properties", out JsonItem properties))
            {
                continue;
            }

            string type = named.Text, owner = $"{resource.Name} ({type})";
            string? exists = resource.Value.TryGetProperty("Condition", out JsonItem condition) && condition.Kind == JsonKind.String ? condition.Text : null;
            IReadOnlyList<CloudFormationPlace> places = CloudFormationTypes.Of(type);
            foreach (CloudFormationPlace place in places)
            {
                foreach (TemplatePlace at in TemplatePlace.At(properties, place.Path))
                {
                    if (type == "AWS::Organizations::Policy" && ControlType(properties) is null)
                    {
                        continue;
                    }

                    PolicyType actual = type == "AWS::Organizations::Policy" ? ControlType(properties)!.Value
                        : type == "AWS::IAM::ManagedPolicy" && boundaries.Contains(resource.Name) ? PolicyType.PermissionsBoundary
                        : place.Type;
                    PolicyContext context = like with { Type = actual, ResourceType = place.ResourceType, IsForUser = IsUser(type) };
                    if (TemplatePolicy.Found(at, place, context, owner, exists, TemplatePublicAccess.Of(type, properties), notes) is { } policy)
                    {
                        yield return policy with { Holders = [.. holders[resource.Name]] };
                    }
                }
            }

            foreach (FoundPolicy implied in CloudFormationGrants.Of(resource, type, properties, exists, like, notes))
            {
                yield return implied.Context.Type == PolicyType.Identity ? implied with { Holders = [.. holders[resource.Name]] } : implied;
            }

            foreach (JsonItem value in places.Count == 0 ? PolicyForm.Below(properties) : [])
            {
                (MappedText text, int unknown) = PolicyText.Of(value, TemplateChoice.None);
                yield return new FoundPolicy(text, like with { Type = PolicyForm.TypeOf(text.Text), ResourceType = null }, PolicyTypeOrigin.Content,
                    value.Pointer, owner)
                { UnknownValues = unknown, UnknownOwnerType = type };
            }
        }
    }

    private static bool IsUser(string resourceType) => resourceType is "AWS::IAM::UserPolicy" or "AWS::IAM::User";

    private static PolicyType? ControlType(JsonItem properties) => properties.TryGetProperty("Type", out JsonItem type) ? PolicyForm.OfControl(type.Text)
        : null;

    /// <summary>Managed policies of the template that a user or role of it has as boundary: they grant nothing.</summary>
    private static HashSet<string> Boundaries(JsonItem resources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonMember resource in resources.Properties())
        {
            if (resource.Value.TryGetProperty("Properties", out JsonItem properties) && properties.TryGetProperty("PermissionsBoundary", out JsonItem boundary)
                && boundary.TryGetProperty("Ref", out JsonItem reference))
            {
                names.Add(reference.Text);
            }
        }

        return names;
    }
}
