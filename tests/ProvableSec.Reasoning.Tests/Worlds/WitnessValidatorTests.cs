using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Each invariant has a request that violates it and a neighbor that AWS could send.</summary>
public sealed class WitnessValidatorTests
{
    private const string User = "arn:aws:iam::111122223333:user/team/a", Role = "arn:aws:iam::111122223333:role/team/r", Session =
        "arn:aws:sts::111122223333:assumed-role/r/alice", Root = "arn:aws:iam::111122223333:root",
        Federated = "arn:aws:sts::111122223333:federated-user/bob", Outsider = "arn:aws:iam::999988887777:user/eve", Service = "sns.amazonaws.com", Saml =
            "arn:aws:iam::111122223333:saml-provider/p",
        Get = " s3:GetObject arn:aws:s3:::b/k ", Decrypt = " kms:Decrypt arn:aws:kms:us-east-1:111122223333:key/k ", Assume =
            " sts:AssumeRole arn:aws:iam::111122223333:role/r ";

    private static readonly Organization Organization = new("o-a", "444455556666",
        ImmutableDictionary<string, string>.Empty.Add("111122223333", "o-a/r-a/ou-a/"));

    /// <summary>What is violated, by which request, and a neighbor.</summary>
    public static TheoryData<string, string, string> Requests { get; } = new()
    {
        // Partitions, accounts, names.
        { "there is no partition", "arn:x:iam::111122223333:user/a s3:GetObject arn:x:s3:::b/k",
            "arn:aws-us-gov:iam::111122223333:user/a s3:GetObject arn:aws-us-gov:s3:::b/k" },
        { "there is no partition", "* s3:GetObject arn:a:s3:::b/k", "* s3:GetObject arn:aws-eusc:s3:::b/k" },
        { "not in one partition", User + " s3:GetObject arn:aws-cn:s3:::b/k", User + Get },
        { "not in one partition", Service + Get + "aws:SourceArn=arn:aws-cn:s3:::b", Service + Get + "aws:SourceArn=arn:aws:s3:::b" },
        { "not in one partition", User + Get + "lambda:SourceFunctionArn=arn:aws-cn:lambda:us-east-1:111122223333:function:f", User + Get
            + "lambda:SourceFunctionArn=arn:aws:lambda:us-east-1:111122223333:function:f" },
        { "aws:sourcearn is not an ARN", Service + Get + "aws:SourceArn=b", Service + Get + "aws:SourceArn=arn:aws:s3:::b" },
        { "resource's account is not 12 digits", User + " sqs:SendMessage arn:aws:sqs:us-east-1:x:q", User
            + " sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q" },
        { "resource's account is not 12 digits", "* s3:GetObject arn:aws:s3:::b of=1", "* s3:GetObject arn:aws:s3:::b of=111122223333" },
        { "aws:sourceaccount is not 12 digits", Service + Get + "aws:SourceAccount=a", Service + Get + "aws:SourceAccount=111122223333" },
        { "neither * nor an ARN", User + " s3:GetObject b", User + " s3:ListAllMyBuckets *" },
        { "not an ARN of six fields", User + " s3:GetObject arn:aws::::b", User + " ssm:GetParameter arn:aws:ssm:us-east-1::parameter/aws/service/x" },
        { "not service:Name", User + " s3:Get,Object *", User + " s3:NewAction *" },
        { "caller's name", "arn:aws:iam::111122223333:user/first~last" + Get, "arn:aws:iam::111122223333:user/first.last@x" + Get },
        { "caller's name", "arn:aws:iam::111122223333:role/a*" + Get, "arn:aws:iam::111122223333:role/a*/b" + Get },
        { "caller's name", "arn:aws:sts::111122223333:assumed-role/r/a:b" + Get, "arn:aws:sts::111122223333:assumed-role/r/a@b" + Get },
        { "caller's name", "arn:aws:sts::111122223333:federated-user/a/b" + Get, "arn:aws:sts::111122223333:federated-user/a=b" + Get },
        { "caller's name", "a.amazonaws.com/b.amazonaws.com" + Get, Service + Get },
        { "caller's name", Saml + "/p~q sts:AssumeRoleWithSAML arn:aws:iam::111122223333:role/r", Saml
            + " sts:AssumeRoleWithSAML arn:aws:iam::111122223333:role/r" },

        // Keys of each kind of caller.
        { "aws:principalarn is not the caller's", User + Get + "aws:PrincipalArn=arn:aws:iam::111122223333:user/a", User + Get + "aws:PrincipalArn=" + User },
        { "aws:principalarn is not the caller's", Session + Get + "aws:PrincipalArn=arn:aws:iam::111122223333:role/team/s", Session + Get + "aws:PrincipalArn="
            + Role },
        { "aws:principalarn is always sent", Session + Get + "aws:PrincipalArn!", Session + Get },
        { "aws:principalarn is not sent for anonymous", "*" + Get + "aws:PrincipalArn=" + User, "*" + Get + "aws:PrincipalArn!" },
        { "aws:principalaccount is not the caller's", User + Get + "aws:PrincipalAccount=999988887777", User + Get + "aws:PrincipalAccount=111122223333" },
        { "aws:principalaccount of an anonymous", "*" + Get + "aws:PrincipalAccount=999988887777", "*" + Get + "aws:PrincipalAccount=anonymous" },
        { "aws:principalaccount is always sent", "*" + Get + "aws:PrincipalAccount!", "*" + Get },
        { "aws:principaltype is not the caller's", Root + Get + "aws:PrincipalType=User", Root + Get + "aws:PrincipalType=Account" },
        { "aws:principaltype is not the caller's", "*" + Get + "aws:PrincipalType=User", "*" + Get + "aws:PrincipalType=Anonymous" },
        { "aws:username is sent for users only", Session + Get + "aws:username=a", User + Get + "aws:username=a" },
        { "aws:username is not the caller's", User + Get + "aws:username=team/a", User + Get + "aws:username=a" },
        { "aws:username is always sent", User + Get + "aws:username!", Root + Get + "aws:username!" },
        { "aws:userid is not the caller's", User + Get + "aws:userid=AROAEXAMPLE:a", User + Get + "aws:userid=AIDAEXAMPLE" },
        { "aws:userid is not the caller's", Session + Get + "aws:userid=AROAEXAMPLE:bob", Session + Get + "aws:userid=AROAEXAMPLE:alice" },
        { "aws:userid is not the caller's", Role + Get + "aws:userid=AROAEXAMPLE", Role + Get + "aws:userid=AROAEXAMPLE:i-0123" },
        { "aws:userid is not the caller's", Root + Get + "aws:userid=999988887777", Root + Get + "aws:userid=111122223333" },
        { "aws:userid is not the caller's", Federated + Get + "aws:userid=111122223333:eve", Federated + Get + "aws:userid=111122223333:bob" },
        { "aws:userid is not the caller's", "*" + Get + "aws:userid=AIDAEXAMPLE", "*" + Get + "aws:userid=anonymous" },
        { "aws:principalisawsservice is not the caller's", User + Get + "aws:PrincipalIsAWSService=true", Service + Get + "aws:PrincipalIsAWSService=true" },
        { "aws:principalisawsservice is not sent for anonymous", "*" + Get + "aws:PrincipalIsAWSService=false", User + Get
            + "aws:PrincipalIsAWSService=false" },
        { "aws:principalservicename is sent by services only", User + Get + "aws:PrincipalServiceName=" + Service, Service + Get + "aws:PrincipalServiceName="
            + Service },
        { "aws:principalservicename is not the caller's", Service + Get + "aws:PrincipalServiceName=sqs.amazonaws.com", Service + Get },
        { "aws:principalorgid is sent for members", Service + Get + "aws:PrincipalOrgID=o-b", User + Get + "aws:PrincipalOrgID=o-b" },
        { "aws:principalorgid is not sent for anonymous", "*" + Get + "aws:PrincipalOrgID=o-b", "*" + Get + "aws:PrincipalOrgID!" },
        { "aws:principalorgid is not sent for web", "accounts.google.com sts:AssumeRoleWithWebIdentity arn:aws:iam::111122223333:role/r aws:PrincipalOrgID=o-b", "accounts.google.com sts:AssumeRoleWithWebIdentity arn:aws:iam::111122223333:role/r accounts.google.com:sub=1" },
        { "aws:principalisawsservice is not sent for web", Saml + " sts:AssumeRoleWithSAML arn:aws:iam::111122223333:role/r aws:PrincipalIsAWSService=true",
            Saml + " sts:AssumeRoleWithSAML arn:aws:iam::111122223333:role/r SAML:sub=a" },
        { "aws:multifactorauthpresent is not sent for anonymous", "*" + Get + "aws:MultiFactorAuthPresent=true", User + Get
            + "aws:MultiFactorAuthPresent=true" },
        { "aws:calledviafirst is not sent for anonymous", "*" + Get + "aws:CalledViaFirst=athena.amazonaws.com aws:ViaAWSService=true", User + Get
            + "aws:CalledViaFirst=athena.amazonaws.com aws:ViaAWSService=true" },
        { "aws:principaltag/a is not sent for anonymous", "*" + Get + "aws:PrincipalTag/a=b", User + Get + "aws:PrincipalTag/a=b" },
        { "aws:tokenissuetime is always sent", Session + Get + "aws:TokenIssueTime!", User + Get + "aws:TokenIssueTime!" },
        { "aws:sourcearn is sent by services only", User + Get + "aws:SourceArn=arn:aws:s3:::b", Service + Get + "aws:SourceArn=arn:aws:s3:::b" },
        { "aws:sourceorgid is sent by services only", "*" + Get + "aws:SourceOrgID=o-b", Service + Get + "aws:SourceOrgID=o-b" },
        { "aws:sourceowner is sent by", Outsider + " sns:Publish arn:aws:sns:us-east-1:111122223333:t aws:SourceOwner=111122223333", User
            + " sns:Publish arn:aws:sns:us-east-1:111122223333:t aws:SourceOwner=111122223333" },
        { "aws:securetransport is always sent", User + Get + "aws:SecureTransport!", User + Get + "aws:SecureTransport=false" },

        // Calls.
        { "of STS only GetCallerIdentity", Federated + " iam:GetUser arn:aws:iam::111122223333:user/a", Federated + Get },
        { "root users cannot call", Root + Assume, User + Assume },
        { "only assume roles", "gitlab.example s3:GetObject arn:aws:s3:::b/k", "gitlab.example sts:TagSession arn:aws:iam::111122223333:role/r" },
        { "only assume roles", Saml + Assume, Saml + " sts:AssumeRoleWithSAML arn:aws:iam::111122223333:role/r" },
        { "policies that AWS manages", User + " iam:CreatePolicyVersion arn:aws:iam::aws:policy/ReadOnlyAccess", User
            + " iam:GetPolicy arn:aws:iam::aws:policy/ReadOnlyAccess" },
        { "service-linked roles", User + " iam:PutRolePolicy arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R", User
            + " iam:CreateServiceLinkedRole arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R" },
        { "reserved roles", User + " iam:DeleteRole arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/R", User
            + " iam:GetRole arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/R" },
        { "aliases of AWS", User + " kms:DeleteAlias arn:aws:kms:us-east-1:111122223333:alias/aws/s3", User
            + " kms:DeleteAlias arn:aws:kms:us-east-1:111122223333:alias/s3" },

        // Owners.
        { "another account than its ARN names", Outsider + Decrypt + "of=999988887777", Outsider + Decrypt + "of=111122223333" },
        { "a resource of *", User + " s3:ListAllMyBuckets * of=999988887777", User + " s3:ListAllMyBuckets * of=111122223333" },
        { "aws:resourceaccount is not the resource's", User + Get + "of=999988887777 aws:ResourceAccount=111122223333", User + Get
            + "of=999988887777 aws:ResourceAccount=999988887777" },
        { "aws:resourceaccount is always sent", "*" + Get + "aws:ResourceAccount!", User
            + " ec2:CopyImage arn:aws:ec2:us-east-1::image/i aws:ResourceAccount!" },
        { "aws:resourceaccount is not sent", User + " ec2:CopyImage arn:aws:ec2:us-east-1::image/i aws:ResourceAccount=111122223333", User
            + " ec2:RunInstances arn:aws:ec2:us-east-1::image/i aws:ResourceAccount=111122223333" },

        // Keys that go together.
        { "aws:multifactorauthage is sent without MFA", User + Get + "aws:MultiFactorAuthAge=1 aws:MultiFactorAuthPresent=false", User + Get
            + "aws:MultiFactorAuthAge=1 aws:MultiFactorAuthPresent=true" },
        { "aws:multifactorauthage is sent without MFA", User + Get + "aws:MultiFactorAuthAge=1 aws:MultiFactorAuthPresent!", User + Get
            + "aws:MultiFactorAuthPresent=true" },
        { "not in aws:tagkeys", User + Get + "aws:RequestTag/a=1 aws:TagKeys=b", User + Get + "aws:RequestTag/a=1 aws:TagKeys=b|a" },
        { "aws:calledvia is sent", User + Get + "aws:CalledVia=athena.amazonaws.com aws:ViaAWSService=false", User + Get
            + "aws:CalledVia=athena.amazonaws.com aws:ViaAWSService=true" },
        { "aws:calledvia is sent", User + Get + "aws:CalledViaLast=athena.amazonaws.com aws:ViaAWSService=false", User + Get + "aws:ViaAWSService=true" },
        { "not one moment", User + Get + "aws:CurrentTime=2026-01-01T00:00:00Z aws:EpochTime=1767225601", User + Get
            + "aws:CurrentTime=2026-01-01T00:00:00Z aws:EpochTime=1767225600" },
        { "aws:tokenissuetime is after", Session + Get + "aws:TokenIssueTime=2026-01-02T00:00:00Z aws:CurrentTime=2026-01-01T00:00:00Z", Session + Get
            + "aws:TokenIssueTime=2026-01-01T00:00:00Z aws:CurrentTime=2026-01-01T00:00:00Z" },
        { "aws:tokenissuetime is after", Session + Get + "aws:TokenIssueTime=2026-01-02T00:00:00Z aws:EpochTime=1767225600", Session + Get
            + "aws:TokenIssueTime=2025-01-02T00:00:00Z aws:EpochTime=1767225600" },
        { "s3:resourceaccount is not", User + Get + "s3:ResourceAccount=999988887777", User + Get + "s3:ResourceAccount=111122223333" },
        { "without s3:resourceaccount", User + Get + "s3:ResourceAccount!", User
            + " sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q s3:ResourceAccount!" },
        { "kms:calleraccount is not", User + Decrypt + "kms:CallerAccount=999988887777", Outsider + Decrypt + "kms:CallerAccount=999988887777" },
        { "without kms:calleraccount", User + Decrypt + "kms:CallerAccount!", User + Get + "kms:CallerAccount!" },
        { "ec2:resourcetag/a is not", User + " ec2:StopInstances arn:aws:ec2:us-east-1:111122223333:instance/i ec2:ResourceTag/a=1 aws:ResourceTag/a=2", User + " ec2:StopInstances arn:aws:ec2:us-east-1:111122223333:instance/i ec2:ResourceTag/a=1 aws:ResourceTag/a=1" },
        { "ec2:resourcetag/a is not", User + " ec2:StopInstances arn:aws:ec2:us-east-1:111122223333:instance/i ec2:ResourceTag/a=1 aws:ResourceTag/a!", User + " ec2:StopInstances arn:aws:ec2:us-east-1:111122223333:instance/i ec2:ResourceTag/a=1" },
        { "without ec2:resourcetag/a", User + " ec2:StopInstances arn:aws:ec2:us-east-1:111122223333:instance/i aws:ResourceTag/a=1 ec2:ResourceTag/a!", User + " sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q aws:ResourceTag/a=1 ec2:ResourceTag/a!" },

        // Organizations, none given.
        { "are sent together", User + Get + "aws:PrincipalOrgID=o-b aws:PrincipalOrgPaths!", User + Get
            + "aws:PrincipalOrgID=o-b aws:PrincipalOrgPaths=o-b/r-b/" },
        { "aws:principalorgpaths does not begin", User + Get + "aws:PrincipalOrgID=o-b aws:PrincipalOrgPaths=o-a/r-a/", User + Get + "aws:PrincipalOrgID=o-b" },
        { "aws:resourceorgpaths does not begin", User + " ssm:GetParameter arn:aws:ssm:us-east-1:999988887777:parameter/p aws:ResourceOrgID=o-b aws:ResourceOrgPaths=o-bc/r-a/", User + " ssm:GetParameter arn:aws:ssm:us-east-1:999988887777:parameter/p aws:ResourceOrgID=o-b aws:ResourceOrgPaths=o-b/r-a/" },
        { "in another organization", User + Get + "aws:PrincipalOrgID=o-b aws:ResourceOrgID=o-c", User + Get
            + "of=999988887777 aws:PrincipalOrgID=o-b aws:ResourceOrgID=o-c" },

        // The network.
        { "aws:sourceip is sent through a VPC endpoint", User + Get + "aws:ViaAWSService=false aws:SourceIp=203.0.113.9 aws:SourceVpce=vpce-1", User + Get
            + "aws:ViaAWSService=true aws:SourceIp=203.0.113.9 aws:SourceVpce=vpce-1" },
        { "aws:sourceip is sent through a VPC endpoint", User + Get + "aws:ViaAWSService=false aws:SourceIp=203.0.113.9 aws:VpceAccount=111122223333", Service
            + Get + "aws:SourceIp=203.0.113.9 aws:SourceVpc=vpc-1" },
        { "aws:sourcevpc is missing", User + Get + "aws:ViaAWSService=false aws:SourceVpce=vpce-1 aws:SourceVpc!", User + Get
            + "aws:ViaAWSService=false aws:SourceVpce=vpce-1 aws:SourceVpc=vpc-1" },
        { "neither an address", User + Get + "aws:ViaAWSService=false aws:SourceVpce! aws:SourceIp!", User + Get
            + "aws:ViaAWSService=false aws:SourceVpce! aws:SourceIp=203.0.113.9" },

        // Values.
        { "aws:sourceip is single-valued", User + Get + "aws:SourceIp=203.0.113.9|203.0.113.8", User + Get + "aws:TagKeys=a|b" },
        { "aws:securetransport is not a bool", User + Get + "aws:SecureTransport=x", User + Get + "aws:SecureTransport=True" },
        { "aws:multifactorauthage is not a numeric", User + Get + "aws:MultiFactorAuthAge=1e1", User + Get + "aws:MultiFactorAuthAge=10" },
        { "aws:currenttime is not a date", User + Get + "aws:CurrentTime=2026-02-30T00:00:00Z", User + Get + "aws:CurrentTime=2026-02-28T00:00:00Z" },
        { "aws:currenttime is not a date", User + Get + "aws:CurrentTime=2026-01-01T00:00:00", User + Get + "aws:CurrentTime=99999999999999999" },
        { "not one moment", User + Get + "aws:CurrentTime=2026-01-01T00:00:00+01:00 aws:EpochTime=1767225600", User + Get
            + "aws:CurrentTime=2026-01-01T00:00:00.5+01:00 aws:EpochTime=1767222000" },
        { "not one moment", User + Get + "aws:CurrentTime=0000-03-01 aws:EpochTime=0", User + Get + "aws:CurrentTime=0000-03-01 aws:EpochTime=-62162035200" },
        { "aws:sourceip is not a ipaddress", User + Get + "aws:SourceIp=203.0.113.0/24", User + Get + "aws:SourceIp=2001:db8::1" },
        { "aws:sourceip is not a ipaddress", User + Get + "aws:SourceIp=203.0.113.256", User + Get + "aws:SourceIp=203.0.113.255" },
    };

    /// <summary>The same where an organization and the policies of an endpoint are given.</summary>
    public static TheoryData<string, string, string> RequestsOfOrganization { get; } = new()
    {
        { "of a member is not the organization's", User + Get + "aws:PrincipalOrgID=o-b", User + Get + "aws:PrincipalOrgID=o-a" },
        { "of a member is not its account's path", User + Get + "aws:PrincipalOrgPaths=o-a/r-a/ou-b/", User + Get + "aws:PrincipalOrgPaths=o-a/r-a/ou-a/" },
        { "always sent for members", User + Get + "aws:PrincipalOrgID! aws:PrincipalOrgPaths!", Outsider + Get + "aws:PrincipalOrgID! aws:PrincipalOrgPaths!" },
        { "outside the organization", Outsider + Get + "aws:PrincipalOrgID=o-a", Outsider + Get + "aws:PrincipalOrgID=o-b" },
        { "outside the organization", Outsider + Get + "aws:PrincipalOrgPaths=o-a/r-a/", "arn:aws:iam::444455556666:user/m" + Get
            + "aws:PrincipalOrgPaths=o-a/r-a/" },
        { "outside the organization", User + Get + "of=999988887777 aws:ResourceOrgID=o-a", User + Get + "aws:ResourceOrgID=o-a" },
        { "whose policy is given", User + Get + "aws:ViaAWSService=false aws:SourceIp=203.0.113.9", User + Get + "aws:SourceIp=203.0.113.9" },
        { "though the VPC endpoint's policy is given", User + Get + "aws:ViaAWSService=false aws:SourceVpce!", User + Get
            + "aws:ViaAWSService=true aws:SourceVpce!" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void An_invariant_is_violated_by_one_request_and_not_by_its_neighbor(string violated, string request, string neighbor) =>
        AssertSeparates(new WitnessValidator(null, throughEndpoint: false), violated, request, neighbor);

    [Theory]
    [MemberData(nameof(RequestsOfOrganization))]
    public void Members_and_endpoints_are_those_that_are_given(string violated, string request, string neighbor) =>
        AssertSeparates(new WitnessValidator(Organization, throughEndpoint: true), violated, request, neighbor);

    [Theory]
    [InlineData("aws:securetransport", "aws:securetransport is always sent")]
    [InlineData("aws:tokenissuetime", "aws:tokenissuetime is always sent")]
    [InlineData("aws:userid", "aws:userid is always sent")]
    [InlineData("aws:principalarn", null)]
    [InlineData("aws:multifactorauthpresent", null)]
    public void A_key_that_is_asked_about_and_not_listed_is_absent(string asked, string? violated)
    {
        AccessRequest request = RequestLine.Read(Session + Get);
        Assert.Equal([], new WitnessValidator(null, false, new HashSet<string>()).Violations(request));
        IEnumerable<string> violations = new WitnessValidator(null, false, new HashSet<string> { asked }).Violations(request);
        if (violated is null)
        {
            Assert.Empty(violations);
        }
        else
        {
            Assert.Contains(violated, Assert.Single(violations), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_request_is_earlier_than_the_date_it_is_asked_for()
    {
        var validator = new WitnessValidator(null, false) { AsOf = new DateTimeOffset(2026, 9, 26, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal("aws:CurrentTime 2020-01-01T00:00:00Z is before 2026-09-26",
            Assert.Single(validator.Violations(RequestLine.Read(User + Get + "aws:CurrentTime=2020-01-01T00:00:00Z"))));
        Assert.Empty(validator.Violations(RequestLine.Read(User + Get + "aws:EpochTime=1900000000")));
    }

    private static void AssertSeparates(WitnessValidator validator, string violated, string request, string neighbor)
    {
        Assert.Contains(validator.Violations(RequestLine.Read(request)), v => v.Contains(violated, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(validator.Violations(RequestLine.Read(neighbor)));
        Assert.False(validator.IsPossible(RequestLine.Read(request)));
        Assert.True(validator.IsPossible(RequestLine.Read(neighbor)));
    }
}
