using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>Findings that are milder than their rule, and say why.</summary>
public sealed class FindingSeverityTests
{
    public static TheoryData<string, string, RuleSeverity> Names() => new()
    {
        // One slip away from a name that is listed: added, dropped, replaced, changed places, another case of the same.
        { "INVALID_ACTION", Allow("sqs:SendMessages", "*"), RuleSeverity.Error },
        { "INVALID_ACTION", Allow("sqs:SendMesage", "*"), RuleSeverity.Error },
        { "INVALID_ACTION", Allow("sqs:SendMassage", "*"), RuleSeverity.Error },
        { "INVALID_ACTION", Allow("sqs:SendMessaeg", "*"), RuleSeverity.Error },
        { "INVALID_ACTION", Allow("sqs:ArchiveMessages", "*"), RuleSeverity.Info },
        { "INVALID_ACTION", Allow("sqs:Archive*", "*"), RuleSeverity.Info },
        { "INVALID_ACTION", Allow("SendMessage", "*"), RuleSeverity.Error },
        { "INVALID_SERVICE_IN_ACTION", Allow("sqss:SendMessage", "*"), RuleSeverity.Error },
        { "INVALID_SERVICE_IN_ACTION", Allow("quantumledgers:Open", "*"), RuleSeverity.Info },
        { "INVALID_SERVICE", Allow("sqs:SendMessage", "arn:aws:quantumledgers:eu-west-1:111122223333:ledger/a"), RuleSeverity.Info },
        { "INVALID_ARN_RESOURCE", Allow("states:StartExecution", "arn:aws:states:eu-west-1:111122223333:statemachine:jobs"), RuleSeverity.Error },
        { "INVALID_ARN_RESOURCE", Allow("states:StartExecution", "arn:aws:states:eu-west-1:111122223333:blueprint/jobs"), RuleSeverity.Info },
        { "INVALID_SERVICE_CONDITION_KEY", Allow("s3:ListBucket", "*", "s3:prefixx"), RuleSeverity.Error },
        { "INVALID_SERVICE_CONDITION_KEY", Allow("s3:ListBucket", "*", "s3:StorageTierName"), RuleSeverity.Info },
        { "INVALID_GLOBAL_CONDITION_KEY", Allow("s3:ListBucket", "*", "aws:PrincipalOrgIDs"), RuleSeverity.Error },
        { "INVALID_GLOBAL_CONDITION_KEY", Allow("s3:ListBucket", "*", "aws:MoonPhase"), RuleSeverity.Info },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_the_service_data_do_not_list_is_a_mistake_only_near_a_listed_one(string code, string policy, RuleSeverity severity)
    {
        PolicyFinding found = Assert.Single(Check(policy, PolicyType.Identity), finding => finding.Rule.AccessAnalyzer == code);
        Assert.Equal(severity, found.Severity);
        Assert.Equal(severity == RuleSeverity.Info, found.Message.Contains("it may be newer than the service data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("s3", "arn:aws:s3:::reports", RuleSeverity.Warning)]
    [InlineData("sqs", "arn:aws:sqs:eu-west-1:111122223333:jobs", RuleSeverity.Warning)]
    [InlineData("sns", "arn:aws:sns:eu-west-1:111122223333:jobs", RuleSeverity.Error)]
    [InlineData("secretsmanager", "*", RuleSeverity.Error)]
    public void A_lock_out_that_the_root_user_can_undo_is_milder(string service, string resource, RuleSeverity severity)
    {
        string policy = $$$"""{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "{{{service}}}:*", "Resource": "{{{resource}}}"}}""";
        Assert.Equal(severity, Assert.Single(Check(policy, PolicyType.Resource), finding => finding.Rule.Id == "PSEC2011").Severity);
    }

    [Fact]
    public void A_dead_action_beside_live_ones_is_milder()
    {
        const string Policy = """{"Version": "2012-10-17", "Statement": {"Effect": "EFFECT", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::reports/*"}}""";
        Assert.Equal(RuleSeverity.Info, Assert.Single(Check(Policy.Replace("EFFECT", "Allow", StringComparison.Ordinal), PolicyType.Identity),
            finding => finding.Rule.Id == "PSEC3402").Severity);
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Check(Policy.Replace("EFFECT", "Deny", StringComparison.Ordinal), PolicyType.Identity),
            finding => finding.Rule.Id == "PSEC3402").Severity);
    }

    private static IReadOnlyList<PolicyFinding> Check(string policy, PolicyType type) =>
        PolicyChecks.Check(new DocumentText(policy), new PolicyContext(type), TestContext.Current.CancellationToken);

    private static string Allow(string action, string resource, string? key = null)
    {
        string condition = key is null ? "" : ", \"Condition\": {\"StringEquals\": {\"" + key + "\": \"a\"}}";
        return $"{{\"Version\": \"2012-10-17\", \"Statement\": {{\"Effect\": \"Allow\", \"Action\": \"{action}\", \"Resource\": \"{resource}\"{condition}}}}}";
    }
}
