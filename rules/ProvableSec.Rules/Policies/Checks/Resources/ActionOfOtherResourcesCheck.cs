using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that act on none of the kinds of resource that their statement names.</summary>
internal sealed class ActionOfOtherResourcesCheck() : StatementCheck(new Rule(
    "PSEC3402",
    "Action that never applies to the named resources",
    RuleSeverity.Warning,
    "AWS asks for the action on resources of another kind, as s3:ListBucket on a bucket and never on an object: the statement neither allows nor denies it.",
    "Name the resources that the action acts on, or move it to a statement that does; * for actions without resources of their own.",
    1286)
{
    Reference = new("Service Authorization Reference, actions, resources, and condition keys for AWS services",
            "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"),
})
{
    private const int MostShown = 3;

    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is not { Action: { IsNot: false } actions, Resource: { IsNot: false, Items.Count: > 0 } resources }
            || !(statement.IsAllow || statement.IsDeny)
            || resources.Items.Any(item => !item.IsKnown || PolicyArn.TryParse(item.Text) is not { IsComplete: true }))
        {
            return;
        }

        PolicyArn[] arns = [.. resources.Items.Select(item => PolicyArn.TryParse(item.Text)!)];
        CheckedText[] dead = [.. actions.Items.Where(action => action.IsKnown && NeverApplies(statement.Policy, action.Text, arns))];
        if (dead.Length == 0)
        {
            return;
        }

        // Beside actions that do apply it may be a leftover of a list that somebody copied.
        bool isAll = dead.Length == actions.Items.Count;
        string more = dead.Length > MostShown ? $" and {dead.Length - MostShown} more" : "";
        findings.Add(
            dead[0].Element,
            $"{string.Join(", ", dead.Take(MostShown).Select(action => action.Shown))}{more} never {(dead.Length == 1 ? "applies" : "apply")} to the "
                + $"resources of this statement; "
            + $"{Expected(statement.Policy.Catalogue, dead[0].Text)} (service data of {statement.Policy.Catalogue.Date})",
            isAll || statement.IsDeny ? RuleSeverity.Warning : RuleSeverity.Info);
    }

    private static bool NeverApplies(CheckedPolicy policy, string text, PolicyArn[] arns)
    {
        ServiceCatalogue catalogue = policy.Catalogue;
        if (!ActionNames.TrySplit(text, out string prefix, out string name) || !PolicyArn.IsLiteral(prefix)
            || !catalogue.TryGetService(prefix, out Service? service))
        {
            return false;
        }

        ServiceAction[] matching = [.. ActionNames.Matching(service, name)];
        return matching.Length > 0 && matching.All(action => action.ResourceTypes.Count == 0 ? HasNoResources(action)
            : !IsAboutOthers(action) && !arns.Any(arn => MayApply(policy, action, arn)));
    }

    /// <summary>
    /// Many actions without resource types are checked on an ARN all the same, as error messages show. Those that describe what Amazon EC2 has are not (Amazon
    /// EC2 User Guide, "IAM policies for Amazon EC2": the describe actions support no resource-level permissions).
    /// </summary>
    private static bool HasNoResources(ServiceAction action) => action.FullName.StartsWith("ec2:Describe", StringComparison.Ordinal);

    /// <summary>
    /// An action on resources of another service, as waf-regional:GetWebACLForResource on a load balancer: AWS's own policies name resources of the action's
    /// service for some of them, so the list of types does not say enough.
    /// </summary>
    private static bool IsAboutOthers(ServiceAction action) => action.ResourceTypes.SelectMany(reference => reference.ResourceType.ArnFormats)
        .Any(format => !string.Equals(PolicyArn.TryParse(format)?.Service, action.ServicePrefix, StringComparison.Ordinal));

    /// <summary>Region and account aside, which AWS's own resources lack; what no service's list has is left alone.</summary>
    private static bool MayApply(CheckedPolicy policy, ServiceAction action, PolicyArn arn)
    {
        policy.Budget.Spend(action.ResourceTypes.Count * (arn.Resource.Length + 1L));
        return action.ResourceTypes.SelectMany(reference => reference.ResourceType.ArnFormats).Any(format => ArnFormats.MayFit(arn, format))
            || (PolicyArn.IsLiteral(arn.Service) && ArnFormats.IsOnlyUnlisted(policy.Catalogue, arn));
    }

    private static string Expected(ServiceCatalogue catalogue, string text)
    {
        ActionNames.TrySplit(text, out string prefix, out string name);
        catalogue.TryGetService(prefix, out Service? service);
        string[] formats = [.. ActionNames.Matching(service!, name).SelectMany(action => action.ResourceTypes)
            .SelectMany(reference => reference.ResourceType.ArnFormats).Distinct(StringComparer.Ordinal)];
        return formats.Length == 0 ? "write \"*\" in Resource" : $"expected for example {formats[0]}";
    }
}
