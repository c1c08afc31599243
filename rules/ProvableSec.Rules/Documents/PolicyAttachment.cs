using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What a document attaches to somebody by name, so that it counts although nothing in any policy changes.</summary>
/// <param name="Holder">Who has it: a logical id, an address, a name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What the document calls it; the policy itself may be in the document or elsewhere.</param>
/// <param name="Resource">The resource of the document that is the policy; null where the document has none.</param>
public sealed record PolicyAttachment(string Holder, PolicyAttachmentKind Kind, string Name, string? Resource)
{
    private static readonly Regex Space = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>The attachments of a template or a plan; none for other documents.</summary>
    public static IReadOnlyList<PolicyAttachment> Of(JsonTree json) => PolicyDocuments.KindOf(json.Root) switch
    {
        DocumentKind.Template => json.Root.TryGetProperty("Resources", out JsonItem resources)
            ? [.. resources.Members().SelectMany(resource => OfResource(resource, resources)).Distinct()] : [],
        DocumentKind.TerraformPlan => [.. TerraformPolicies.ResourcesOf(json.Root).SelectMany(OfPlan).Distinct()],
        _ => [],
    };

    private static IEnumerable<PolicyAttachment> OfResource(JsonMember resource, JsonItem resources)
    {
        string type = resource.Value.TryGetProperty("Type", out JsonItem named) && named.Kind == JsonKind.String ? named.Text : "";
        if (!resource.Value.TryGetProperty("Properties", out JsonItem properties))
        {
            return [];
        }

        return type switch
        {
            "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group" =>
            [
                .. Has("ManagedPolicyArns/*", PolicyAttachmentKind.Managed), .. Has("PermissionsBoundary", PolicyAttachmentKind.Boundary),
                    .. Has("Groups/*", PolicyAttachmentKind.Group),
            ],
            "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" => [.. IsHadBy("Roles/*"), .. IsHadBy("Users/*"), .. IsHadBy("Groups/*")],
            "AWS::Organizations::Policy" => IsHadBy("TargetIds/*", PolicyAttachmentKind.Control),
            _ => [],
        };

        IEnumerable<PolicyAttachment> Has(string path, PolicyAttachmentKind kind) =>
            At(path).Select(name => new PolicyAttachment(resource.Name, kind, name, resources.TryGetProperty(name, out _) ? name : null));

        IEnumerable<PolicyAttachment> IsHadBy(string path, PolicyAttachmentKind kind = PolicyAttachmentKind.Managed) =>
            At(path).Select(name => new PolicyAttachment(name, kind, resource.Name, resource.Name));

        IEnumerable<string> At(string path) => TemplatePlace.At(properties, path).Select(place => NameOf(place.Value)).OfType<string>();
    }

    private static IEnumerable<PolicyAttachment> OfPlan((string Address, string Type, JsonItem Values) resource)
    {
        (string address, string type, JsonItem values) = resource;
        return type switch
        {
            "aws_iam_role_policy_attachment" => [Of("role", "policy_arn", PolicyAttachmentKind.Managed)],
            "aws_iam_user_policy_attachment" => [Of("user", "policy_arn", PolicyAttachmentKind.Managed)],
            "aws_iam_group_policy_attachment" => [Of("group", "policy_arn", PolicyAttachmentKind.Managed)],
            "aws_iam_policy_attachment" => [.. ((string[])["roles", "users", "groups"]).SelectMany(list => Texts(list))
                .Select(holder => new PolicyAttachment(holder, PolicyAttachmentKind.Managed, Text("policy_arn"), null))],
            "aws_organizations_policy_attachment" => [Of("target_id", "policy_id", PolicyAttachmentKind.Control)],
            "aws_iam_role" or "aws_iam_user" =>
            [
                .. Texts("managed_policy_arns").Select(name => new PolicyAttachment(address, PolicyAttachmentKind.Managed, name, null)),
                .. Texts("permissions_boundary").Select(name => new PolicyAttachment(address, PolicyAttachmentKind.Boundary, name, null)),
            ],
            _ => [],
        };

        PolicyAttachment Of(string holder, string policy, PolicyAttachmentKind kind) => new(Text(holder), kind, Text(policy), null);

        // What is known after apply only has the address of what attaches it.
        string Text(string name) => Texts(name).FirstOrDefault() ?? $"{name} of {address}, known after apply";

        IEnumerable<string> Texts(string name) => !values.TryGetProperty(name, out JsonItem value) ? []
            : value.Kind == JsonKind.Array ? value.Items().Where(item => item.Kind == JsonKind.String).Select(item => item.Text)
            : value is { Kind: JsonKind.String, Text.Length: > 0 } ? [value.Text] : [];
    }

    /// <summary>A name as it is written; of a reference that of what it refers to; null for nothing.</summary>
    private static string? NameOf(JsonItem value) => value.Kind switch
    {
        JsonKind.String => value.Text,
        JsonKind.Object when value.TryGetProperty("Ref", out JsonItem reference) => reference.Text == "AWS::NoValue" ? null : reference.Text,
        JsonKind.Object => Space.Replace(value.Document.Source.Text.Substring(value.Span.Start, value.Span.Length), " "),
        _ => null,
    };
}
