using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>What checks list by hand: every entry of a list triggers, and the nearest that is not in it does not.</summary>
public sealed class ListedWordTests
{
    /// <summary>A rule, its lines of a Condition with <c>@</c> for a key, the keys that trigger, those that do not, and what the statement is
    /// otherwise.</summary>
    private static readonly (string Rule, string Lines, string[] Triggers, string[] NearMisses, string Type)[] Keys =
    [
        ("PSEC3081", """{"StringEquals":{"@":"alias/x"}}""",
            ["s3:x-amz-server-side-encryption-aws-kms-key-id", "sagemaker:VolumeKmsKey", "sagemaker:OutputKmsKey", "sagemaker:HomeEfsFileSystemKmsKey"],
                ["s3:x-amz-server-side-encryption", "kms:ResourceAliases"], "identity"),
        ("PSEC3405", """{"DateLessThan":{"@":"2020-01-01T00:00:00Z"}}""", ["aws:CurrentTime", "aws:EpochTime", "AWS:currenttime"],
            ["aws:TokenIssueTime", "aws:CurrentTimes"], "identity"),
        ("PSEC3406", """{"StringEquals":{"@":"11112222333"}}""",
            ["aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount", "aws:SourceOwner", "aws:VpceAccount", "kms:CallerAccount",
                "s3:ResourceAccount", "s3:DataAccessPointAccount", "ram:Principal", "ram:ResourceOwnerAccount"],
            ["aws:userid", "ram:ResourceShareName", "aws:PrincipalTag/account"], "identity"),
        ("PSEC3060", """{"StringEquals":{"@":"lambda"}}""",
            ["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "iam:PassedToService",
                "iam:AWSServiceName", "kms:ViaService"],
            ["aws:PrincipalType", "iam:PolicyARN"], "identity"),
    ];

    public static TheoryData<string, string, string, string, bool> AllKeys() =>
        [.. from list in Keys from key in list.Triggers.Select(k => (k, true))
            .Concat(list.NearMisses.Select(k => (k, false))) select (list.Rule, list.Type, list.Lines, key.Item1, key.Item2)];

    [Theory]
    [MemberData(nameof(AllKeys))]
    public void A_key_is_one_that_the_check_is_about(string rule, string type, string lines, string key, bool triggers) =>
        Assert.Equal(triggers, Has(rule, type, $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{lines.Replace("@", key, StringComparison.Ordinal)}}}]}"""));

    [Theory]
    [InlineData("x.amazonaws.com", false)]
    [InlineData("x.amazonaws.com.cn", false)]
    [InlineData("x.aws.internal", false)]
    [InlineData("x.amazon.com", false)]
    [InlineData("x.api.aws", false)]
    [InlineData("x.aws.com", false)]
    [InlineData("x.c2s.ic.gov", false)]
    [InlineData("x.sc2s.sgov.gov", false)]
    [InlineData("a-b_c.d.amazonaws.com", false)]
    [InlineData("Z9.amazonaws.com", false)]
    [InlineData(".amazonaws.com", true)]
    [InlineData("..amazonaws.com", true)]
    [InlineData("x/y.amazonaws.com", true)]
    [InlineData("x.amazonaws.net", true)]
    [InlineData("x.amazonaws.co", true)]
    [InlineData("amazonaws.com", true)]
    public void A_service_principal_has_a_name_and_a_known_end(string value, bool triggers) =>
        Assert.Equal(triggers, Has("PSEC3060", "identity", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"{{value}}"} } }]}"""));

    [Theory]
    [InlineData("organizations:LeaveOrganization", true)]
    [InlineData("account:CloseAccount", true)]
    [InlineData("account:EnableRegion", true)]
    [InlineData("account:DisableRegion", true)]
    [InlineData("account:PutAlternateContact", true)]
    [InlineData("account:StartPrimaryEmailUpdate", true)]
    [InlineData("account:ListRegions", false)]
    public void Account_settings_are_left_allowed_by_NotAction(string action, bool triggers)
    {
        // All but the one are named, and iam:*, so that it is not an administrator's policy.
        string[] settings = ["organizations:LeaveOrganization", "account:CloseAccount", "account:EnableRegion", "account:DisableRegion",
            "account:PutAlternateContact", "account:StartPrimaryEmailUpdate"];
        string excluded = string.Join("\",\"", settings.Where(s => s != action).Append("iam:*"));
        PolicyFinding[] found = [.. Findings("identity", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["{{excluded}}"],"Resource":"*"}]}""").Where(f => f.Rule.Id == "PSEC2004")];
        Assert.Equal(triggers ? [$"NotAction leaves {action} allowed"] : [], found.Select(f => f.Message));
    }

    public static TheoryData<string> Networks() =>
    [
        "aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
            "aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceAccount",
        "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:CalledVia", "aws:ViaAWSService",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_user_is_held_to_a_network_by_each_of_these_keys(string key)
    {
        string Policy(string named) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"{{named}}":"x"} } }]}""";
        Assert.False(Has("PSEC2009", "identity", Policy(key), forUser: true));
        Assert.True(Has("PSEC2009", "identity", Policy(key + "s"), forUser: true));
        Assert.False(Has("PSEC2009", "identity", Policy(key + "s")));
    }

    [Theory]
    [InlineData("AWS::S3::Bucket", 20 * 1024)]
    [InlineData("AWS::KMS::Key", 32 * 1024)]
    [InlineData("AWS::Lambda::Function", 20 * 1024)]
    [InlineData("AWS::SNS::Topic", 30 * 1024)]
    [InlineData("AWS::SQS::Queue", 256 * 1024)]
    [InlineData("AWS::SecretsManager::Secret", 20480)]
    [InlineData("AWS::ECR::Repository", 10240)]
    public void A_policy_of_a_resource_may_have_so_many_characters(string type, int most)
    {
        const string Start = """{"Version":"2012-10-17","Statement":[],"Id":""" + "\"", End = "\"}";
        string Sized(int size) => Start + new string('x', size - Start.Length - End.Length) + End;
        Assert.False(Has("PSEC3215", "resource", Sized(most), resource: type));
        Assert.True(Has("PSEC3215", "resource", Sized(most + 1), resource: type));
        Assert.False(Has("PSEC3215", "identity", Sized(most + 1), resource: type));
    }

    /// <summary>Services whose resource policies can lock everybody out: all that repairs one is denied, all but one action is not, and who still
    /// can.</summary>
    public static TheoryData<string, string, bool> Repairs() => new()
    {
        { "s3", "s3:PutBucketPolicy s3:DeleteBucketPolicy", true },
        { "sqs", "sqs:SetQueueAttributes", true },
        { "kms", "kms:PutKeyPolicy", false },
        { "sns", "sns:SetTopicAttributes", false },
        { "secretsmanager", "secretsmanager:PutResourcePolicy secretsmanager:DeleteResourcePolicy", false },
        { "ecr", "ecr:SetRepositoryPolicy ecr:DeleteRepositoryPolicy", false },
        { "elasticfilesystem", "elasticfilesystem:PutFileSystemPolicy elasticfilesystem:DeleteFileSystemPolicy", false },
        { "dynamodb", "dynamodb:PutResourcePolicy dynamodb:DeleteResourcePolicy", false },
        { "kinesis", "kinesis:PutResourcePolicy kinesis:DeleteResourcePolicy", false },
        { "codeartifact", "codeartifact:PutDomainPermissionsPolicy codeartifact:DeleteDomainPermissionsPolicy codeartifact:PutRepositoryPermissionsPolicy codeartifact:DeleteRepositoryPermissionsPolicy", false },
    };

    [Theory]
    [MemberData(nameof(Repairs))]
    public void A_deny_of_all_that_could_undo_it_locks_out(string service, string actions, bool rootCan)
    {
        string[] all = actions.Split(' ');
        string Denying(IEnumerable<string> named, string effect = "Deny", string principal = "\"*\"", string more = "") =>
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":{{principal}},"Action":["{{string.Join("\",\"", named)}}"],"Resource":"*"{{more}}}]}""";
        PolicyFinding finding = Assert.Single(Findings("resource", Denying(all)), f => f.Rule.Id == "PSEC2011");
        Assert.Equal(rootCan, finding.Message.EndsWith("only the root user of the owner's account can still undo it", StringComparison.Ordinal));
        Assert.True(Has("PSEC2011", "resource", Denying(all, principal: """{"AWS":"*"}""")), service);
        Assert.False(Has("PSEC2011", "resource", Denying(all, "Allow")));
        Assert.False(Has("PSEC2011", "resource", Denying(all, principal: """{"AWS":"111122223333"}""")));
        Assert.False(Has("PSEC2011", "resource", Denying(all, more: ""","Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}""")));
        Assert.False(Has("PSEC2011", "identity", Denying(all)));
        foreach (string left in all)
        {
            Assert.False(Has("PSEC2011", "resource", Denying(all.Where(a => a != left).Append(service + ":Describe*"))), left);
        }
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("job_workflow_ref")]
    [InlineData("repository")]
    [InlineData("repository_id")]
    [InlineData("repository_owner")]
    [InlineData("repository_owner_id")]
    [InlineData("enterprise_id")]
    public void A_role_for_GitHub_asks_for_one_of_its_claims(string claim)
    {
        string Trust(string named, string op = "StringEquals") => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"{{op}}":{"token.actions.githubusercontent.com:{{named}}":"repo:a/b:ref:refs/heads/main"} } }]}""";
        Assert.False(Has("PSEC2115", "trust", Trust(claim)));
        Assert.True(Has("PSEC2115", "trust", Trust(claim + "x")));
        Assert.True(Has("PSEC2115", "trust", Trust(claim, "StringEqualsIfExists")));
    }

    /// <summary>The ways to more access, each by the fewest actions: without any one of them it is closed.</summary>
    public static TheoryData<string, string?> Paths() => new()
    {
        { "iam:CreatePolicyVersion", null }, { "iam:SetDefaultPolicyVersion", null }, { "iam:CreateAccessKey", null }, { "iam:CreateLoginProfile", null },
            { "iam:UpdateLoginProfile", null },
        { "iam:AttachUserPolicy", null }, { "iam:AttachGroupPolicy", null }, { "iam:AttachRolePolicy", null }, { "iam:PutUserPolicy", null },
            { "iam:PutGroupPolicy", null }, { "iam:PutRolePolicy", null },
        { "iam:AddUserToGroup", null }, { "iam:UpdateAssumeRolePolicy", null }, { "sts:AssumeRole", null },
        { "apprunner:CreateService", "tasks.apprunner.amazonaws.com" }, { "apprunner:UpdateService", null },
        { "bedrock-agentcore:InvokeCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession", null },
        { "cloudformation:CreateStack", "cloudformation.amazonaws.com" }, { "cloudformation:UpdateStack", null },
        { "cloudformation:CreateStackSet cloudformation:CreateStackInstances", "cloudformation.amazonaws.com" },
            { "cloudformation:UpdateStackSet", "cloudformation.amazonaws.com" },
        { "cloudformation:ExecuteChangeSet cloudformation:CreateChangeSet", null }, { "codebuild:StartBuild", null }, { "codebuild:StartBuildBatch", null },
        { "datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline", "datapipeline.amazonaws.com" },
        { "ec2:RunInstances", "ec2.amazonaws.com" }, { "ec2:RequestSpotInstances", "ec2.amazonaws.com" },
            { "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances", null },
        { "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate", null }, { "ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances", null },
        { "ecs:RunTask ecs:RegisterTaskDefinition", "ecs-tasks.amazonaws.com" }, { "ecs:StartTask ecs:RegisterTaskDefinition", "ecs-tasks.amazonaws.com" },
        { "ecs:CreateService ecs:RegisterTaskDefinition", "ecs-tasks.amazonaws.com" },
        { "glue:CreateDevEndpoint", "glue.amazonaws.com" }, { "glue:UpdateDevEndpoint", null }, { "glue:StartJobRun glue:CreateJob", "glue.amazonaws.com" },
            { "glue:StartJobRun glue:UpdateJob", "glue.amazonaws.com" },
        { "glue:CreateTrigger glue:CreateJob", "glue.amazonaws.com" }, { "glue:CreateTrigger glue:UpdateJob", "glue.amazonaws.com" },
        { "lambda:InvokeFunction lambda:CreateFunction", "lambda.amazonaws.com" },
            { "lambda:CreateEventSourceMapping lambda:CreateFunction", "lambda.amazonaws.com" },
        { "lambda:AddPermission lambda:CreateFunction", "lambda.amazonaws.com" }, { "lambda:UpdateFunctionCode", null },
        { "sagemaker:CreateNotebookInstance", "sagemaker.amazonaws.com" }, { "sagemaker:CreateTrainingJob", "sagemaker.amazonaws.com" },
            { "sagemaker:CreateProcessingJob", "sagemaker.amazonaws.com" },
        { "sagemaker:CreatePresignedNotebookInstanceUrl", null },
        { "sagemaker:UpdateNotebookInstance sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:StartNotebookInstance", null },
        { "ssm:SendCommand", null }, { "ssm:StartSession", null },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_way_to_more_access_is_open_with_all_its_actions_only(string actions, string? passedTo)
    {
        string[] all = passedTo is null ? actions.Split(' ') : [.. actions.Split(' '), "iam:PassRole"];
        string name = string.Join(" with ", all);
        string Policy(IEnumerable<string> allowed, string service) =>
            $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", allowed.Select(a => $$"""{"Effect":"Allow","Action":"{{a}}","Resource":"*"{{(a == "iam:PassRole" ? $$""","Condition":{"StringEquals":{"iam:PassedToService":"{{service}}"} } """ : "")}} }"""))}}]}""";
        PolicyFinding finding = Assert.Single(Findings("identity", Policy(all, passedTo ?? "")), f => f.Rule.Id == "PSEC2003");
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
        foreach (string left in all)
        {
            Assert.DoesNotContain(Findings("identity", Policy(all.Where(a => a != left).Append("s3:GetObject"), passedTo ?? "")), f => f.Rule.Id == "PSEC2003"
                && f.Message.Contains(name, StringComparison.Ordinal));
        }

        if (passedTo is not null)
        {
            Assert.DoesNotContain(Findings("identity", Policy(all, "other.amazonaws.com")), f => f.Rule.Id == "PSEC2003"
                && f.Message.Contains(name, StringComparison.Ordinal));
        }
    }

    private static bool Has(string rule, string type, string policy, bool forUser = false, string? resource = null) => Findings(type, policy, forUser, resource)
        .Any(f => f.Rule.Id == rule);

    private static IReadOnlyList<PolicyFinding> Findings(string type, string policy, bool forUser = false, string? resource = null) =>
        PolicyChecks.Check(new DocumentText(policy, "policy.json"), new PolicyContext(QuestionNames.TypeOf(type)!.Value, resource, forUser));
}
