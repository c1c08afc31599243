using ProvableSec.Certificates;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Certificates;
using ProvableSec.Reasoning.Tests.Evaluation;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Decisions;

/// <summary>
/// What the product lists by hand in more than one place: each entry, and the nearest that is not listed, is decided alike by the evaluator, the prover and the
/// checker of certificates.
/// </summary>
public sealed class ListedActionTests
{
    private static readonly string[] World = ["linked-keys", "shapes", "catalogue"];

    private static readonly string[] ChangesOfRoles =
        ["AttachRolePolicy", "DetachRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary",
            "DeleteRolePermissionsBoundary", "DeleteRole"];

    /// <summary>IAM User Guide, "Global condition context keys", note on aws:ResourceAccount.</summary>
    private static readonly string[] WithoutResourceAccount =
    [
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory", "ebs:GetSnapshotBlock", "ebs:StartSnapshot",
        "ec2:AcceptTransitGatewayPeeringAttachment", "ec2:AcceptVpcEndpointConnections", "ec2:AcceptVpcPeeringConnection", "ec2:CopyImage", "ec2:CopySnapshot",
        "ec2:CreateTransitGatewayPeeringAttachment", "ec2:CreateVpcEndpoint", "ec2:CreateVpcPeeringConnection", "ec2:DeleteTransitGatewayPeeringAttachment",
        "ec2:DeleteVpcPeeringConnection", "ec2:RejectTransitGatewayPeeringAttachment", "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection",
            "events:PutEvents",
        "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection", "route53:AssociateVpcWithHostedZone",
        "route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone",
            "route53:ListHostedZonesByVPC",
        "securityhub:AcceptAdministratorInvitation",
    ];

    /// <summary>Calls of a customer and whether AWS refuses them whatever policies say.</summary>
    public static TheoryData<string, string, bool> Reserved()
    {
        var data = new TheoryData<string, string, bool>();
        void Add(string service, string resource, string[] refused, string[] others)
        {
            foreach (string action in refused)
            {
                data.Add($"{service}:{action}", resource, true);
            }

            foreach (string action in others)
            {
                data.Add($"{service}:{action}", resource, false);
            }
        }

        Add("iam", "arn:aws:iam::aws:policy/a", ["CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion",
            "TagPolicy", "UntagPolicy"], ["GetPolicy", "ListPolicyVersions"]);
        Add("iam", "arn:aws:iam::111122223333:policy/a", [], ["CreatePolicy", "DeletePolicy", "TagPolicy"]);
        Add("iam", "arn:aws:iam::111122223333:role/aws-service-role/s.amazonaws.com/r", ChangesOfRoles,
            ["UpdateRole", "UpdateRoleDescription", "TagRole", "UntagRole", "GetRole", "DeleteServiceLinkedRole"]);
        Add("iam", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/r", [.. ChangesOfRoles, "UpdateRole", "UpdateRoleDescription"],
            ["TagRole", "UntagRole", "GetRole"]);
        Add("iam", "arn:aws:iam::111122223333:role/r", [], [.. ChangesOfRoles, "UpdateRole"]);
        Add("kms", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3", ["CreateAlias", "UpdateAlias", "DeleteAlias"], ["ListAliases"]);
        Add("kms", "arn:aws:kms:eu-west-1:111122223333:alias/s3", [], ["CreateAlias", "UpdateAlias", "DeleteAlias"]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Reserved))]
    public void What_AWS_keeps_for_itself_is_refused_and_nothing_else(string action, string resource, bool refused)
    {
        Assert.Equal(!refused, Case.With(Case.AllowAll).Does(action, resource).OwnedBy(Case.Account).Allowed());
        string query = $$"""{"question":"can","account":"111122223333","identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":null,"request":{"principal":"{{Case.User}}","action":"{{action}}","resource":"{{resource}}","resourceAccount":"111122223333"},"without":["catalogue"]}""";
        Decided(query, possible: !refused);
    }

    /// <summary>A service changes what it keeps, by the role that it made for itself.</summary>
    [Fact]
    public void Service_linked_roles_change_what_AWS_keeps_from_customers()
    {
        const string Linked = "arn:aws:iam::111122223333:role/aws-service-role/s3.amazonaws.com/r", Alias = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3";
        foreach ((string caller, bool possible) in ((string, bool)[])[(Linked, true), (Case.Role, false)])
        {
            string grants = $$"""{"Effect":"Allow","Principal":{"AWS":"{{caller}}"},"Action":"kms:UpdateAlias","Resource":"*"}""";
            Assert.Equal(possible, (Case.By(caller).Does("kms:UpdateAlias", Alias)
                .OwnedBy(Case.Account) with
            { Stack = ProvableSec.Policy.Cases.PolicyStack.Empty with { ResourcePolicy = Case.Policy(grants) } }).Allowed());
            Decided($$"""{"question":"can","resourcePolicy":{{Document(grants)}},"request":{"principal":"{{caller}}","action":"kms:UpdateAlias","resource":"{{Alias}}","resourceAccount":"111122223333"} }""", possible);
        }
    }

    public static TheoryData<string, bool> Sending() =>
        [.. WithoutResourceAccount.Select(a => (a, false)),
            .. ((string[])["ec2:CopyFpgaImage", "ec2:CreateSnapshot", "events:PutRule", "es:AcceptInboundCrossClusterSearchConnection", "s3:GetObject",
            "route53:ListHostedZones"]).Select(a => (a, true))];

    [Theory]
    [MemberData(nameof(Sending))]
    public void The_account_of_the_resource_is_sent_but_with_the_actions_listed(string action, bool sends)
    {
        foreach (bool absent in (bool[])[true, false])
        {
            string condition = Ask.If("Null", "aws:ResourceAccount", absent ? "true" : "false");
            Assert.Equal(absent != sends, Case.If(condition).Does(action).OwnedBy(Case.Account).Allowed());
            Decided($$"""{"question":"can","policy":{{Document(Ask.Allow(condition, action))}}}""", possible: absent != sends);
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void The_account_of_the_resource_may_be_sent_with_CreateVolume_or_not(string absent) =>
        Decided($$"""{"question":"can","policy":{{Document(Ask.Allow(Ask.If("Null", "aws:ResourceAccount", absent), "ec2:CreateVolume"))}}}""", possible: true);

    /// <summary>Resources of AWS itself, and of a service for another, which the reference does not list for the action.</summary>
    [Theory]
    [InlineData("ssm:GetParameter", "arn:aws:ssm:eu-west-1::parameter/aws/service/a", true)]
    [InlineData("ssm:GetDocument", "arn:aws:ssm:eu-west-1::document/AWS-Run", true)]
    [InlineData("cloudformation:CreateChangeSet", "arn:aws:cloudformation:eu-west-1:aws:transform/Include", true)]
    [InlineData("elasticbeanstalk:CreateEnvironment", "arn:aws:elasticbeanstalk:eu-west-1::platform/a", true)]
    [InlineData("elasticbeanstalk:CreateEnvironment", "arn:aws:elasticbeanstalk:eu-west-1::solutionstack/a", true)]
    [InlineData("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-1::foundation-model/a", true)]
    [InlineData("ec2:RunInstances", "arn:aws:ec2:eu-west-1::image/ami-1", true)]
    [InlineData("ec2:RunInstances", "arn:aws:ec2:eu-west-1::snapshot/snap-1", true)]
    [InlineData("ssmmessages:CreateDataChannel", "arn:aws:ssm:eu-west-1:111122223333:session/a", true)]
    [InlineData("ec2messages:GetMessages", "arn:aws:ssm:eu-west-1:111122223333:session/a", true)]
    [InlineData("ssmmessages:CreateDataChannel", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", false)]
    [InlineData("s3:GetObject", "arn:aws:sqs:eu-west-1:111122223333:q", false)]
    [InlineData("ec2:DescribeInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", false)]
    public void A_resource_that_an_action_may_name(string action, string resource, bool possible) =>
        Decided($$"""{"question":"can","policy":{{Document(Ask.Allow("{}", action, resource))}}}""", possible);

    /// <summary>Keys that come from elsewhere, although the reference lists them for few actions of their service: with none can it be proved that they are not
    /// sent.</summary>
    [Theory]
    [InlineData("ec2:RoleDelivery")]
    [InlineData("ec2:SourceInstanceARN")]
    [InlineData("glue:RoleAssumedBy")]
    [InlineData("glue:CredentialIssuingService")]
    [InlineData("codebuild:buildArn")]
    [InlineData("codebuild:projectArn")]
    [InlineData("lambda:SourceFunctionArn")]
    [InlineData("ssm:SourceInstanceARN")]
    [InlineData("identitystore:UserId")]
    [InlineData("ses:ApiVersion")]
    [InlineData("ec2:Region")]
    [InlineData("secretsmanager:SecretId")]
    [InlineData("aws-marketplace:ProductId")]
    public void A_key_from_elsewhere_may_come_with_any_action_of_its_service(string key)
    {
        Assert.True(ServiceCatalogue.Default.TryGetService(key.Split(':')[0], out Service? service), key);
        foreach (ServiceAction action in service.Actions.Take(4))
        {
            NotExcluded(Document(Ask.Allow(Ask.If("Null", key, "false"), action.FullName)));
        }
    }

    private static void NotExcluded(string policy)
    {
        string query = $$"""{"question":"can","policy":{{policy}}}""";
        Assert.True(Prover.Answer(Ask.Read(query)).Verdict == Verdict.Holds, policy);
        Assert.True(Certified.Claim(query, World).Text is null, $"a certificate of what is possible: {policy}");
    }

    /// <summary>The prover decides the question; the checker accepts a proof exactly where it is impossible.</summary>
    private static void Decided(string query, bool possible)
    {
        Query read = Ask.Read(query);
        Answer answer = Prover.Answer(read);
        Assert.True(answer.Verdict == (possible ? Verdict.Holds : Verdict.Violated), $"{answer.Verdict} {answer.Reason}: {query}");
        CertificateResult result = possible ? Certified.Claim(query, World) : CertificateWriter.Write(read, answer);
        Assert.True(result.Text is null == possible, possible ? $"a certificate of what is possible: {query}" : $"no certificate: {result.Reason}: {query}");
    }
}
