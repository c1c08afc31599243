namespace ProvableSec.Testing.Tests.Sources;

/// <summary>Templates: whose policies, with which places, and what is known only at deployment.</summary>
public sealed class TemplateTests
{
    private static readonly TemplatePolicies Template = Policies.FromTemplate("Data/template.json");

    private static PolicySubject App => Template.Role("AppRole");

    [Fact]
    public void A_role_has_its_inline_and_attached_policies_and_its_boundary()
    {
        App.ShouldNeverAllow("iam:*");
        Assert.Contains("Allowed by Data/template.json:34 · statement 0 \"Send\"", Failing.Message(() => App.ShouldNeverAllow("sqs:SendMessage")),
            StringComparison.Ordinal);
        Assert.Contains("Let through by permissionsBoundary (Data/template.json:42 · statement 0)",
            Failing.Message(() => App.ShouldNeverAllow("sqs:SendMessage")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_must_hold_under_every_condition_of_the_template()
    {
        Assert.Contains("but it allows this request (where not IsProduction).", Failing.Message(() => App.ShouldNeverAllow("sqs:DeleteQueue")),
            StringComparison.Ordinal);
        Template.WithCondition("IsProduction").Role("AppRole").ShouldNeverAllow("sqs:DeleteQueue");
    }

    [Fact]
    public void What_depends_on_the_deployment_fails_until_a_test_says_it()
    {
        string message = Failing.Message(() => App.ShouldNeverAllow("s3:GetObject", on: "arn:aws:s3:::secret/*"));
        Assert.Contains("but that depends on what is known only at deployment", message, StringComparison.Ordinal);
        Assert.Contains("  Reports.Arn (Data/template.json:20)\nSay what it is: .With(\"Reports.Arn\", \"…\").", message, StringComparison.Ordinal);
        TemplatePolicies known = Template.With("Reports.Arn", "arn:aws:s3:::reports");
        known.Role("AppRole").ShouldNeverAllow("s3:GetObject", on: "arn:aws:s3:::secret/*");
        known.Role("AppRole").ShouldAllow("s3:GetObject", on: "arn:aws:s3:::reports/*");
        Assert.Contains("known only at deployment", Failing.Message(() => App.ShouldAllow("s3:GetObject", on: "arn:aws:s3:::reports/*")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_policy_that_the_template_only_names_is_not_known()
    {
        PolicySubject deploy = Template.Role("deploy");
        Assert.Contains(
            "but that is not known: the managed policy service-role/AWSLambdaVPCAccessExecutionRole (Data/template.json:53) is not in the template, so that what it grants is not known; give it with .WithManagedPolicy(\"service-role/AWSLambdaVPCAccessExecutionRole\", \"….json\")",
            Failing.Message(() => deploy.ShouldNeverAllow("s3:*")),
            StringComparison.Ordinal);
        Template.WithManagedPolicy("service-role/AWSLambdaVPCAccessExecutionRole",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}""").Role("deploy").ShouldNeverAllow("s3:*");
        Assert.Contains("it allows this request", Failing.Message(() => deploy.ShouldNeverAllow("iam:PassRole")), StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_and_resource_policies_are_subjects_of_their_own()
    {
        App.Trust.ShouldNotBePublic();
        Assert.StartsWith("the trust policy of DeployRole (Data/template.json) should not be public, but an outsider gets in.", Failing.Message(() => Template.Role("deploy").Trust.ShouldNotBePublic()), StringComparison.Ordinal);
        Assert.Contains("1 of 1 fails the claim", Failing.Message(() => Template.ResourcePolicies.ShouldNotBePublic()), StringComparison.Ordinal);
        Assert.Contains("Data/template.json:68", Failing.Message(() => Template.Policy("ReportsPolicy").ShouldNotBePublic()), StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_name_the_members_that_fail()
    {
        Template.Roles.ButNot("Deploy*").ShouldNeverAllow("iam:*");
        string message = Failing.Message(() => Template.Roles.ShouldNeverAllow("iam:PassRole"));
        Assert.StartsWith("the roles of Data/template.json: 1 of 2 fails the claim.\n\nDeployRole (Data/template.json) should never allow iam:PassRole on any resource, but it allows this request.", message, StringComparison.Ordinal);
        Assert.Contains("but there are none, so that the claim says nothing", Failing.Message(() => Template.Roles.Like("Nobody*").ShouldNeverAllow("iam:*")),
            StringComparison.Ordinal);
    }

    public static IEnumerable<object[]> Roles => Policies.FromTemplate("Data/template.json").Roles.ButNot("Deploy*").TestCases;

    [Theory]
    [MemberData(nameof(Roles))]
    public void Each_role_is_a_case_of_a_theory(string role) => Template.Role(role).ShouldNeverAllow("iam:*");

    [Fact]
    public void Findings_are_at_their_lines_of_the_template() =>
        Assert.Contains("  Data/template.json:57 · warning PSEC2003: privilege escalation: lambda:InvokeFunction with lambda:CreateFunction with iam:PassRole\n", Failing.Message(() => Template.Role("DeployRole").ShouldHaveNoPrivilegeEscalation()), StringComparison.Ordinal);

    [Fact]
    public void A_deployment_says_the_account_and_names()
    {
        const string Text = """
            {"Resources": {
              "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::", {"Ref": "AWS::AccountId"}, ":root"]]}}}]}}},
              "Worker": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "worker", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}}]}}}
            }}
            """;
        TemplatePolicies open = Policies.FromTemplateText(Text, "keys");
        Assert.Contains(".DeployedTo(", Failing.Message(() => open.Policy("Key").ShouldNotBePublic()), StringComparison.Ordinal);
        TemplatePolicies deployed = open.DeployedTo("111122223333", "eu-west-1");
        deployed.Policy("Key").ShouldNotBePublic(trusting: "111122223333");
        deployed.Role("worker").Trust.ShouldNotBePublic(trusting: "111122223333");
    }

    [Fact]
    public void Unknown_names_are_answered_with_known_ones()
    {
        Assert.Equal("the roles of Data/template.json: there is no \"AppRol\"; did you mean \"AppRole1A2B3C4D\"? there are AppRole1A2B3C4D, DeployRole", Failing.Source(() => Template.Role("AppRol")));
        Assert.Contains("did you mean \"ReportsPolicy\"?", Failing.Source(() => Template.Policy("ReportPolicy")), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_decide_the_conditions_and_names_that_depend_on_them()
    {
        const string Text = """
            {"Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
             "Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
             "Resources": {
              "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "jobs-${Stage}"}}},
              "Extra": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}}},
              "Tables": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "t", "Roles": [{"Fn::If": ["IsProduction", {"Ref": "AWS::NoValue"}, {"Ref": "Worker"}]}],
                "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}]}}},
              "Worker": {"Type": "AWS::IAM::Role", "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
                "ManagedPolicyArns": [{"Fn::If": ["IsProduction", {"Ref": "AWS::NoValue"}, {"Ref": "Extra"}]}],
                "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": ["Jobs", "Arn"]}}]}}]}}
            }}
            """;
        TemplatePolicies open = Policies.FromTemplateText(Text, "jobs");
        Assert.Contains("but it allows this request (where not IsProduction).", Failing.Message(() => open.Role("Worker").ShouldNeverAllow("s3:GetObject")),
            StringComparison.Ordinal);
        Assert.Contains("(where not IsProduction)", Failing.Message(() => open.Role("Worker").ShouldNeverAllow("dynamodb:*")), StringComparison.Ordinal);
        Assert.Contains("(where IsProduction)", Failing.Message(() => open.Role("Worker").ShouldAllow("s3:GetObject")), StringComparison.Ordinal);
        Assert.Contains("(where IsProduction)", Failing.Message(() => open.Role("Worker").ShouldAllow("dynamodb:GetItem")), StringComparison.Ordinal);
        open.WithCondition("IsProduction").Role("Worker").ShouldNeverAllow("s3:GetObject");
        open.With("Stage", "dev").Role("Worker").ShouldAllow("s3:GetObject");

        TemplatePolicies deployed = open.With("Stage", "prod").DeployedTo("111122223333", "eu-west-1");
        deployed.Role("Worker").ShouldNeverAllow("s3:GetObject");
        deployed.Role("Worker").ShouldAllow("sqs:SendMessage", on: "arn:aws:sqs:eu-west-1:111122223333:jobs-prod");
        deployed.Role("Worker").ShouldNeverAllow("sqs:SendMessage", on: "arn:aws:sqs:eu-west-1:111122223333:jobs-dev");
    }

    [Fact]
    public void Every_value_of_a_parameter_is_one_deployment_across_policies()
    {
        const string Text = """
            {"Parameters": {"Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]}, "Team": {"Type": "String", "Default": "a"}},
             "Resources": {
              "Worker": {"Type": "AWS::IAM::Role", "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
                "Policies": [
                  {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "arn:aws:s3:::${Stage}-data/*"}}]}},
                  {"PolicyName": "q", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": {"Fn::Sub": "arn:aws:s3:::${Stage}-data/*"}}]}},
                  {"PolicyName": "r", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": {"Fn::Sub": "arn:aws:sqs:us-east-1:111122223333:${Team}-jobs"}}]}}]}}
            }}
            """;
        PolicySubject worker = Policies.FromTemplateText(Text, "stages").Role("Worker");
        worker.ShouldNeverAllow("s3:*");
        Assert.Contains("known only at deployment", Failing.Message(() => worker.ShouldNeverAllow("sqs:*", on: "arn:aws:sqs:us-east-1:111122223333:b-jobs")),
            StringComparison.Ordinal);
        Policies.FromTemplateText(Text, "stages").With("Team", "a").Role("Worker").ShouldNeverAllow("sqs:*", on: "arn:aws:sqs:us-east-1:111122223333:b-jobs");
    }

    [Fact]
    public void Groups_that_only_the_deployment_knows_leave_a_claim_unknown()
    {
        const string Text = """
            {"Parameters": {"Stage": {"Type": "String"}}, "Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}, "Resources": {
              "Readers": {"Type": "AWS::IAM::Group", "Properties": {}},
              "Admins": {"Type": "AWS::IAM::Group", "Properties": {"Policies": [{"PolicyName": "a", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}]}},
              "Ann": {"Type": "AWS::IAM::User", "Properties": {"Groups": [{"Ref": "Readers"}, {"Fn::If": ["IsProduction", {"Ref": "AWS::NoValue"}, {"Ref": "Admins"}]}]}}}}
            """;
        PolicyClaimException failed = Assert.Throws<PolicyClaimException>(() => Policies.FromTemplateText(Text, "t.json").User("Ann")
            .ShouldNeverAllow("iam:*"));
        Assert.Contains("which groups it is in is known only at deployment (t.json:", failed.Message, StringComparison.Ordinal);
        string added = Text.Replace(", {\"Fn::If\": [\"IsProduction\", {\"Ref\": \"AWS::NoValue\"}, {\"Ref\": \"Admins\"}]}]}}}}", "]}}, \"More\": {\"Type\": \"AWS::IAM::UserToGroupAddition\", \"Properties\": {\"GroupName\": {\"Ref\": \"Admins\"}, \"Users\": [{\"Ref\": \"Ann\"}]}}}}", StringComparison.Ordinal);
        Assert.Contains("More (t.json:", Assert.Throws<PolicyClaimException>(() => Policies.FromTemplateText(added, "t.json").User("Ann")
            .ShouldNeverAllow("iam:*")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_macro_may_make_of_a_template_is_not_known()
    {
        const string Text = """
            {"Transform": "OurMacro", "Resources": {"Worker": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
              "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}}]}}}}
            """;
        Assert.Contains("the macro OurMacro may make other policies", Failing.Message(() => Policies.FromTemplateText(Text, "made").Role("Worker")
            .ShouldNeverAllow("iam:*")), StringComparison.Ordinal);
    }
}
