using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// Policies of resources after which nobody can change the policy any more. A control policy or an identity policy that denies everything is meant to: it
/// puts an account or a caller in quarantine, and others can undo it.
/// </summary>
internal sealed class LockOutCheck() : PolicyCheck(new Rule(
    "PSEC2011",
    "Resource policy that locks everyone out",
    RuleSeverity.Error,
    "Once the policy is saved, nobody can change it, not even administrators of the account: a Deny in a resource policy binds them too, and a KMS key obeys "
        + "its key policy alone. AWS Support has to help, or the resource is lost.",
    "Exempt the role that administers the resource from the Deny with ArnNotLike on aws:PrincipalArn; in a key policy, let the account's root principal "
        + "administer the key.",
    732)
{
    Reference = RuleReference.InIam("The difference between explicit and implicit denies",
        "reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay"),
})
{
    private const string PutKeyPolicy = "kms:PutKeyPolicy";

    /// <summary>
    /// The actions that undo a policy, by the service. The owner's root user can still undo the policies of a bucket (Amazon S3 API Reference,
    /// DeleteBucketPolicy) and of a queue (IAM User Guide, "Perform a privileged task on a member account": unlock a queue).
    /// </summary>
    private static readonly (string Service, string[] Actions, bool RootCanUndo)[] Repairs =
    [
        ("s3", ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"], true),
        ("sqs", ["sqs:SetQueueAttributes"], true),
        ("kms", [PutKeyPolicy], false),
        ("sns", ["sns:SetTopicAttributes"], false),
        ("secretsmanager", ["secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy"], false),
        ("ecr", ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"], false),
        ("elasticfilesystem", ["elasticfilesystem:PutFileSystemPolicy", "elasticfilesystem:DeleteFileSystemPolicy"], false),
        ("dynamodb", ["dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy"], false),
        ("kinesis", ["kinesis:PutResourcePolicy", "kinesis:DeleteResourcePolicy"], false),
        ("codeartifact", ["codeartifact:PutDomainPermissionsPolicy", "codeartifact:DeleteDomainPermissionsPolicy",
            "codeartifact:PutRepositoryPermissionsPolicy", "codeartifact:DeleteRepositoryPermissionsPolicy"], false),
    ];

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type != PolicyType.Resource)
        {
            return;
        }

        foreach (CheckedStatement statement in policy.Statements.Where(DeniesEverybody))
        {
            string[] services = policy.Context.ResourceType is { } owner && ResourceOwners.ServicesOf(owner) is { } known ? known : [.. ServicesOf(statement)];
            foreach ((string service, string[] actions, bool rootCanUndo) in Repairs.Where(repair => services.Contains(repair.Service)))
            {
                if (actions.All(action => Covers(statement, action)) && (service != "s3" || IsAboutBucket(statement)))
                {
                    string action = string.Join(" and ", actions);
                    findings.Add(
                        statement.Element,
                        rootCanUndo ? $"this denies {action} to everybody; only the root user of the owner's account can still undo it"
                            : $"this denies {action} to everybody, the root user included, so nobody can undo it",
                        rootCanUndo ? RuleSeverity.Warning : RuleSeverity.Error);
                    return;
                }
            }
        }

        // A key has no administrator but those in its policy. What is not known may name one.
        if (policy.Context.ResourceType == "AWS::KMS::Key" && policy.Statements.Count > 0 && policy.StatementElement is { } element
            && !UnknownText.IsIn(policy.Root.Document.Source.Text)
            && !policy.Statements.Any(statement => statement.IsAllow && Covers(statement, PutKeyPolicy)))
        {
            findings.Add(element.NameElement, $"no statement lets anybody call {PutKeyPolicy}, so nobody can change the key policy, the root user included");
        }
    }

    private static bool DeniesEverybody(CheckedStatement statement) =>
        statement is { IsDeny: true, ConditionElement: null, Principal: { IsNot: false } principal }
        && principal.Entries.Any(entry => entry.Value.Text == "*" && entry.Kind is "" or "AWS");

    private static bool Covers(CheckedStatement statement, string action) => statement.Action is { } actions
        && (actions.IsNot
            ? actions.Items.All(item => item.IsKnown && !ActionNames.Covers(item.Text, action))
            : actions.Items.Any(item => ActionNames.Covers(item.Text, action)));

    /// <summary>A bucket's name holds no slash; a statement about objects alone leaves its policy alone.</summary>
    private static bool IsAboutBucket(CheckedStatement statement) => statement.Resource is { IsNot: false } resources
        && resources.Items.Any(item => item.IsKnown && (GlobText.IsEverything(item.Text)
            || (PolicyArn.TryParse(item.Text) is { } arn && arn.Resource.IndexOf('/') < 0)));

    /// <summary>The services that the statement speaks of, in NotAction too; a star says nothing.</summary>
    private static IEnumerable<string> ServicesOf(CheckedStatement statement) =>
        (statement.Resource?.Items ?? []).Select(item => PolicyArn.TryParse(item.Text)?.Service ?? "")
            .Concat((statement.Action?.Items ?? []).Select(item => item.Text.IndexOf(':') is > 0 and var colon
                ? item.Text.Substring(0, colon).ToLowerInvariant() : ""))
            .Where(service => service.Length > 0).Distinct(StringComparer.Ordinal);
}
