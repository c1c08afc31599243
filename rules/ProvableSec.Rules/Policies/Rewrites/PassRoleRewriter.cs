using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>
/// Lets roles be passed only to the services that the policy's other actions use; where iam:PassRole is one of several actions, in a statement of its own.
/// </summary>
internal sealed class PassRoleRewriter() : PolicyRewriter("PASS_ROLE_WITH_STAR_IN_RESOURCE", "PASS_ROLE_WITH_NOT_RESOURCE")
{
    private const string PassRole = "iam:PassRole", Key = "iam:PassedToService";

    /// <summary>Services that roles are passed to, by the prefix of the actions that do (IAM User Guide, "AWS services that work with IAM").</summary>
    private static readonly (string Prefix, string Service)[] Takers =
    [
        ("apprunner", "tasks.apprunner.amazonaws.com"),
        ("batch", "batch.amazonaws.com"),
        ("bedrock", "bedrock.amazonaws.com"),
        ("cloudformation", "cloudformation.amazonaws.com"),
        ("codebuild", "codebuild.amazonaws.com"),
        ("codedeploy", "codedeploy.amazonaws.com"),
        ("codepipeline", "codepipeline.amazonaws.com"),
        ("datapipeline", "datapipeline.amazonaws.com"),
        ("ec2", "ec2.amazonaws.com"),
        ("ecs", "ecs-tasks.amazonaws.com"),
        ("eks", "eks.amazonaws.com"),
        ("elasticmapreduce", "elasticmapreduce.amazonaws.com"),
        ("events", "events.amazonaws.com"),
        ("firehose", "firehose.amazonaws.com"),
        ("glue", "glue.amazonaws.com"),
        ("lambda", "lambda.amazonaws.com"),
        ("pipes", "pipes.amazonaws.com"),
        ("sagemaker", "sagemaker.amazonaws.com"),
        ("scheduler", "scheduler.amazonaws.com"),
        ("ssm", "ssm.amazonaws.com"),
        ("states", "states.amazonaws.com"),
    ];

    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        string[] services = ServicesOf(policy);
        if (services.Length == 0 || StatementOf(policy, finding) is not { Action: { IsNot: false } actions } statement)
        {
            yield break;
        }

        string value = services.Length == 1 ? JsonEdits.Quoted(services[0]) : "[" + string.Join(", ", services.Select(JsonEdits.Quoted)) + "]";
        string title = $"Let roles be passed to {string.Join(" and ", services)} only";
        CheckedText[] passing = [.. actions.Items.Where(item => string.Equals(item.Text, PassRole, StringComparison.OrdinalIgnoreCase))];
        if (passing.Length == 1 && actions.Items.Count == 1)
        {
            yield return (title, [ConditionEdits.Add(statement, "StringEquals", Key, value)]);
        }
        else if (passing.Length == 1 && statement.ConditionElement is null && statement.Resource is { } resource
            && JsonEdits.ContainerOf(policy.Root, statement.Element.Span) is { Kind: JsonKind.Array } list)
        {
            string resources = policy.Root.Document.Source.Text.Substring(resource.Property.Value.Span.Start, resource.Property.Value.Span.Length);
            string own = JsonEdits.Block(list, ("Effect", "\"Allow\""), ("Action", JsonEdits.Quoted(PassRole)), (resource.Property.Name, OnOneLine(resources)),
                ("Condition", $"{{\"StringEquals\": {{{JsonEdits.Quoted(Key)}: {value}}}}}"));
            yield return (title + ", in a statement of its own",
                [JsonEdits.Remove(actions.Property.Value, passing[0].Element.Span), JsonEdits.InsertAfter(list, statement.Element.Span, own)]);
        }
    }

    private static string[] ServicesOf(CheckedPolicy policy)
    {
        string[] prefixes = [.. policy.Statements.Where(statement => statement.IsAllow && statement.Action is { IsNot: false })
            .SelectMany(statement => statement.Action!.Items)
            .Where(item => item.IsKnown && item.Text.IndexOf(':') > 0).Select(item => item.Text.Substring(0, item.Text.IndexOf(':')).ToLowerInvariant())];
        return [.. Takers.Where(taker => prefixes.Contains(taker.Prefix)).Select(taker => taker.Service)];
    }

    private static string OnOneLine(string json) =>
        string.Join(" ", json.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())).Replace("[ ", "[").Replace(" ]", "]");
}
