using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Finds the policies in a JSON text: a policy, a CloudFormation or SAM template, an account dump, a Terraform plan or state, an answer of the AWS
/// CLI.</summary>
public static class PolicyDocuments
{
    /// <summary>What the text is.</summary>
    public static DocumentKind KindOf(JsonItem root) =>
        root.Kind != JsonKind.Object ? DocumentKind.Other
        : TerraformPolicies.IsPlan(root) ? DocumentKind.TerraformPlan
        : AccountDumpPolicies.IsDump(root) ? DocumentKind.AccountDump
        : root.TryGetProperty("Statement", out _) ? DocumentKind.Policy
        : CloudFormationPolicies.IsTemplate(root) ? DocumentKind.Template
        : DocumentKind.Other;

    /// <summary>What a property of a resource of CloudFormation is, where it is a policy.</summary>
    /// <param name="resourceType">Such as <c>AWS::S3::BucketPolicy</c>.</param>
    /// <param name="property">Such as <c>PolicyDocument</c>.</param>
    public static PolicyContext? OfProperty(string resourceType, string property) => CloudFormationPolicies.OfProperty(resourceType, property);

    /// <summary>What an AWS managed policy allows that gives away an account, as JSON; null for others.</summary>
    /// <param name="name">Its ARN, or its name.</param>
    public static string? OfManagedPolicy(string name) => KnownManagedPolicies.Find(name);

    /// <summary>The policies of a text, in its order.</summary>
    /// <param name="json">The text.</param>
    /// <param name="type">The type of a text that is a policy itself; null to tell it by file name or content.</param>
    /// <param name="like">What else is known about the policies; its type is not looked at.</param>
    /// <returns>For a text of another kind, the text itself as a policy.</returns>
    public static IReadOnlyList<FoundPolicy> In(JsonTree json, PolicyType? type, PolicyContext like) => In(json, type, like, out _);

    /// <summary>True for an answer of the AWS CLI with policies in it.</summary>
    public static bool IsCliAnswer(JsonItem root) => KindOf(root) == DocumentKind.Other && CliAnswerPolicies.Is(root);

    /// <summary>The policies of an answer of the AWS CLI (<see cref="IsCliAnswer"/>). Code and tests hold recorded answers that nobody deploys, so only who is
    /// given one on purpose asks for them.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="like">What is known about the policies; its type is not looked at.</param>
    public static IReadOnlyList<FoundPolicy> InCliAnswer(JsonTree json, PolicyContext like) => [.. CliAnswerPolicies.Of(json.Root, like)];

    /// <summary>The policies of a text, in its order, and what could not be judged.</summary>
    /// <param name="json">The text.</param>
    /// <param name="type">The type of a text that is a policy itself; null to tell it by file name or content.</param>
    /// <param name="like">What else is known about the policies; its type is not looked at.</param>
    /// <param name="notes">What could not be judged, and what is wrong with the text.</param>
    /// <returns>For a text of another kind, the text itself as a policy.</returns>
    public static IReadOnlyList<FoundPolicy> In(JsonTree json, PolicyType? type, PolicyContext like, out DocumentNotes notes)
    {
        notes = new DocumentNotes();
        JsonItem root = json.Root;
        return KindOf(root) switch
        {
            DocumentKind.Template => CloudFormationPolicies.Of(root, like, notes),
            DocumentKind.AccountDump => [.. AccountDumpPolicies.Of(root, like)],
            DocumentKind.TerraformPlan => TerraformPolicies.Of(root, like, notes),
            _ => [Whole(json, type, like)],
        };
    }

    private static FoundPolicy Whole(JsonTree json, PolicyType? type, PolicyContext like)
    {
        string text = json.Source.Text;
        var whole = new FoundPolicy(new MappedTextBuilder().Copy(text, new TextRange(0, text.Length)).Build(), like, PolicyTypeOrigin.Option, "", "");
        return type is { } given ? whole with { Context = like with { Type = given } } : Inferred(json, whole);
    }

    private static FoundPolicy Inferred(JsonTree json, FoundPolicy whole)
    {
        int count = 0, principals = 0;
        bool resource = false;
        var actions = new List<string>();
        if (json.Root.TryGetProperty("Statement", out JsonItem statements))
        {
            if (statements.Kind == JsonKind.Object)
            {
                Look(statements);
            }

            foreach (JsonItem statement in statements.Elements())
            {
                Look(statement);
            }
        }

        (PolicyType type, PolicyTypeOrigin from) = Of(json.Source.Name);
        return whole with
        {
            Context = whole.Context with { Type = type },
            TypeFrom = from,
            TypeByName = PolicyTypeInference.OfName(json.Source.Name, principals > 0),
            TypeByContent = Of("").Type,
        };

        (PolicyType Type, PolicyTypeOrigin From) Of(string name)
        {
            (PolicyType Type, PolicyTypeOrigin From) inferred = PolicyTypeInference.Infer(name, count, principals, resource, actions);
            // Who says whose policy it is says what it is.
            return inferred.From == PolicyTypeOrigin.Content && principals > 0 && whole.Context.ResourceType is not null
                ? (PolicyType.Resource, PolicyTypeOrigin.Option) : inferred;
        }

        void Look(JsonItem statement)
        {
            count++;
            principals += statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _) ? 1 : 0;
            resource |= statement.TryGetProperty("Resource", out _) || statement.TryGetProperty("NotResource", out _);
            foreach (string name in (string[])["Action", "NotAction"])
            {
                if (statement.TryGetProperty(name, out JsonItem named))
                {
                    actions.Add(named.Kind == JsonKind.String ? named.Text : "");
                    foreach (JsonItem item in named.Elements())
                    {
                        actions.Add(item.Kind == JsonKind.String ? item.Text : "");
                    }
                }
            }
        }
    }
}
