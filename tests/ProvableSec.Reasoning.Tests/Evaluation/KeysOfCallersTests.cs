using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>
/// Of every key that the evaluator knows, for every kind of caller and by what else a case says: its value, or <c>?</c> for one that AWS sends and the case
/// lacks. Keys that are not named are absent.
/// </summary>
public sealed class KeysOfCallersTests
{
    private const string Provider = "arn:aws:iam::111122223333:saml-provider/corp",
        InBucket = "aws:ResourceAccount=111122223333 s3:ResourceAccount=111122223333",
        Alice = $"aws:PrincipalArn={Case.User} aws:PrincipalAccount=111122223333 aws:PrincipalType=User aws:userid=? aws:username=alice {Account}",
        Account = "aws:PrincipalIsAWSService=false", SourceIp = "aws:SourceIp=?", Kms = "kms:Decrypt", NotSent = "ec2:AcceptVpcPeeringConnection";

    /// <summary>Missing for every caller.</summary>
    private static readonly string[] Always =
        ["aws:SecureTransport=?", "aws:CurrentTime=?", "aws:EpochTime=?", "aws:RequestedRegion=?", "aws:UserAgent=?", "aws:ViaAWSService=?"];

    private static readonly string[] Values =
    [
        Case.Account, Case.OtherAccount, Case.User, Case.Role, Case.Session, Case.Federated, Case.Root, "111122223333:bob", "anonymous", "Account", "User",
        "AssumedRole", "FederatedUser", "Anonymous", "alice", "true", "false", "sns.amazonaws.com", "o-a1", "o-a1/r-1/ou-1-x/", "o-b2", "o-b2/r-1/", "team",
        "1709208000", "2024-02-29T12:00:00Z", "444455556666", "x",
    ];

    [Theory]
    [InlineData(Case.Root,
        $"aws:PrincipalArn={Case.Root} aws:PrincipalAccount=111122223333 aws:PrincipalType=Account aws:userid=111122223333 {Account} {SourceIp} {InBucket}")]
    [InlineData(Case.User, $"{Alice} {SourceIp} {InBucket}")]
    [InlineData(Case.Role, $"aws:PrincipalArn={Case.Role} aws:PrincipalAccount=111122223333 aws:PrincipalType=AssumedRole aws:userid=? {Account} {SourceIp} "
        + $"aws:TokenIssueTime=? {InBucket}")]
    [InlineData(Case.Session, $"aws:PrincipalArn={Case.Role} aws:PrincipalAccount=111122223333 aws:PrincipalType=AssumedRole aws:userid=? {Account} {SourceIp} "
        + $"aws:TokenIssueTime=? {InBucket}")]
    [InlineData(Case.Federated, $"aws:PrincipalArn={Case.Federated} aws:PrincipalAccount=111122223333 aws:PrincipalType=FederatedUser "
        + $"aws:userid=111122223333:bob {Account} {SourceIp} aws:TokenIssueTime=? {InBucket}")]
    [InlineData(Case.Anonymous, $"aws:PrincipalAccount=anonymous aws:PrincipalType=Anonymous aws:userid=anonymous {SourceIp} aws:ResourceAccount=?")]
    [InlineData("sns.amazonaws.com",
        "aws:PrincipalIsAWSService=true aws:PrincipalServiceName=sns.amazonaws.com aws:PrincipalServiceNamesList=? aws:ResourceAccount=?")]
    [InlineData(Provider, $"{SourceIp} aws:ResourceAccount=?")]
    public void Each_caller_has_its_keys(string caller, string expected) => AssertKeys(Case.By(caller), expected);

    [Fact]
    public void Accounts_have_the_keys_of_their_organization()
    {
        const string Sourced = $"{Alice} {SourceIp} {InBucket}";
        AssertKeys(Case.By(Case.User).InOrganization(Case.OtherAccount, Case.Account), $"{Sourced} aws:PrincipalOrgID=o-a1 "
            + "aws:PrincipalOrgPaths=o-a1/r-1/ou-1-x/ aws:ResourceOrgID=o-a1 aws:ResourceOrgPaths=o-a1/r-1/ou-1-x/");
        AssertKeys(Case.By(Case.User).InOrganization(Case.Account),
            $"{Sourced} aws:PrincipalOrgID=o-a1 aws:PrincipalOrgPaths=? aws:ResourceOrgID=o-a1 aws:ResourceOrgPaths=?");
        AssertKeys(Case.By(Case.User).InOrganization(null, Case.OtherAccount), Sourced);
        AssertKeys(Case.By(Case.User).OwnedBy(Case.OtherAccount).InOrganization(null, Case.OtherAccount), $"{Alice} {SourceIp} aws:ResourceOrgID=o-a1 "
            + "aws:ResourceOrgPaths=o-a1/r-1/ou-1-x/ aws:ResourceAccount=999988887777 s3:ResourceAccount=999988887777");
        AssertKeys(Case.By(Case.User).OwnedBy(Case.OtherAccount).InOrganization(null, Case.Account), $"{Alice} {SourceIp} aws:PrincipalOrgID=o-a1 "
            + "aws:PrincipalOrgPaths=o-a1/r-1/ou-1-x/ aws:ResourceAccount=999988887777 s3:ResourceAccount=999988887777");
        AssertKeys(Case.By(Case.User).Key("aws:PrincipalOrgID", "o-b2"), $"{Sourced} aws:PrincipalOrgID=o-b2 aws:PrincipalOrgPaths=?");
        AssertKeys(Case.By(Case.User).Key("aws:ResourceOrgID", "o-b2"), $"{Sourced} aws:ResourceOrgID=o-b2 aws:ResourceOrgPaths=?");
        AssertKeys(Case.By(Case.User).Key("aws:PrincipalOrgPaths", "o-b2/r-1/"), $"{Sourced} aws:PrincipalOrgID=o-b2 aws:PrincipalOrgPaths=o-b2/r-1/");
        AssertKeys(Case.By(Case.User).Key("aws:ResourceOrgPaths", "o-b2/r-1/"), $"{Sourced} aws:ResourceOrgID=o-b2 aws:ResourceOrgPaths=o-b2/r-1/");
        AssertKeys(Case.By(Case.User).Key("aws:PrincipalOrgPaths", "x").Key("aws:ResourceOrgPaths", "x"),
            $"{Sourced} aws:PrincipalOrgPaths=x aws:ResourceOrgPaths=x");
        AssertKeys(Case.By(Case.Anonymous).Key("aws:PrincipalOrgPaths", "o-b2/r-1/"),
            $"aws:PrincipalAccount=anonymous aws:PrincipalType=Anonymous aws:userid=anonymous {SourceIp} aws:ResourceAccount=? aws:PrincipalOrgPaths=o-b2/r-1/");
    }

    [Fact]
    public void The_owner_has_its_keys_where_AWS_sends_them()
    {
        const string Nobody = $"aws:PrincipalAccount=anonymous aws:PrincipalType=Anonymous aws:userid=anonymous {SourceIp}";
        AssertKeys(Case.By(Case.User).Does(NotSent).InOrganization(null, Case.Account),
            $"{Alice} {SourceIp} aws:PrincipalOrgID=o-a1 aws:PrincipalOrgPaths=o-a1/r-1/ou-1-x/");
        AssertKeys(Case.By(Case.User).Does(NotSent).Key("aws:ResourceOrgPaths", "o-b2/r-1/"), $"{Alice} {SourceIp} aws:ResourceOrgPaths=o-b2/r-1/");
        AssertKeys(Case.By(Case.User).Does(NotSent).Key("aws:ResourceOrgID", "o-b2"), $"{Alice} {SourceIp} aws:ResourceOrgID=o-b2");
        AssertKeys(Case.By(Case.User).Does(Kms, Case.KmsKey), $"{Alice} {SourceIp} aws:ResourceAccount=111122223333 kms:CallerAccount=111122223333");
        AssertKeys(Case.By(Case.Anonymous).Does(Kms, Case.KmsKey), $"{Nobody} aws:ResourceAccount=111122223333");
        AssertKeys(Case.By(Case.Anonymous).Key("s3:ResourceAccount", "444455556666"),
            $"{Nobody} aws:ResourceAccount=444455556666 s3:ResourceAccount=444455556666");
        AssertKeys(Case.By(Case.Anonymous).Does("sqs:SendMessage", Case.Object).Key("s3:ResourceAccount", "444455556666"),
            $"{Nobody} aws:ResourceAccount=? s3:ResourceAccount=444455556666");
    }

    [Theory]
    [InlineData("aws:RequestTag/team", "x", "aws:TagKeys=team aws:SourceIp=?", "")]
    [InlineData("aws:EpochTime", "1709208000", "aws:EpochTime=1709208000 aws:CurrentTime=2024-02-29T12:00:00Z aws:SourceIp=?",
        "aws:CurrentTime=? aws:EpochTime=?")]
    [InlineData("aws:CurrentTime", "2024-02-29T12:00:00Z", "aws:EpochTime=1709208000 aws:CurrentTime=2024-02-29T12:00:00Z aws:SourceIp=?",
        "aws:CurrentTime=? aws:EpochTime=?")]
    [InlineData("aws:CalledVia", "x", "aws:CalledVia=x aws:ViaAWSService=true aws:SourceIp=?", "aws:ViaAWSService=?")]
    [InlineData("aws:CalledViaFirst", "x", "aws:CalledViaFirst=x aws:ViaAWSService=true aws:SourceIp=?", "aws:ViaAWSService=?")]
    [InlineData("aws:CalledViaLast", "x", "aws:CalledViaLast=x aws:ViaAWSService=true aws:SourceIp=?", "aws:ViaAWSService=?")]
    [InlineData("aws:MultiFactorAuthAge", "x", "aws:MultiFactorAuthAge=x aws:MultiFactorAuthPresent=true aws:SourceIp=?", "")]
    [InlineData("aws:SourceVpc", "x", "aws:SourceVpc=x", "")]
    [InlineData("aws:SourceVpce", "x", "aws:SourceVpce=x", "")]
    [InlineData("aws:VpcSourceIp", "x", "aws:VpcSourceIp=x", "")]
    [InlineData("aws:SourceOrgPaths", "x", "aws:SourceOrgPaths=x aws:SourceIp=?", "")]
    [InlineData("aws:VpceOrgPaths", "x", "aws:VpceOrgPaths=x aws:SourceIp=?", "")]
    [InlineData("aws:TokenIssueTime", "x", "aws:TokenIssueTime=x aws:SourceIp=?", "")]
    [InlineData("aws:PrincipalServiceNamesList", "x", "aws:PrincipalServiceNamesList=x aws:SourceIp=?", "")]
    [InlineData("aws:SourceIp", "x", "aws:SourceIp=x", "")]
    public void A_key_that_is_listed_brings_others(string key, string value, string brings, string nowKnown) =>
        AssertKeys(Case.By(Case.User).Key(key, value), $"{Alice} {brings} {InBucket}", nowKnown.Split(' '));

    /// <summary>Twelve digits, whichever they are, in the ARN of the resource.</summary>
    [Theory]
    [InlineData("000000000000", true)]
    [InlineData("999999999999", true)]
    [InlineData("012345678909", true)]
    [InlineData("01234567890", false)]
    [InlineData("0123456789090", false)]
    [InlineData("01234567890/", false)]
    [InlineData("01234567890;", false)]
    [InlineData("", false)]
    [InlineData("aws", false)]
    public void The_owner_is_the_account_of_the_resource(string account, bool isKnown)
    {
        Case asked = Case.By(Case.Anonymous).Does("sqs:SendMessage", $"arn:aws:sqs:eu-west-1:{account}:q");
        Assert.Equal(isKnown, Evaluator.AllowsAlone(
            Case.Policy(Case.Statement($$$"""{"StringEquals":{"aws:ResourceAccount":"{{{account}}}"}}""")), asked.Stack, asked.Request));
    }

    /// <summary>Of two ways to write one name none is another key, and nothing longer or shorter is.</summary>
    [Fact]
    public void A_key_is_known_by_its_name_in_any_case()
    {
        foreach (KnownKey key in Enum.GetValues<KnownKey>())
        {
            string name = KnownKeys.NameOf(key);
            Assert.Equal(key, KnownKeys.Find(name));
            Assert.Equal(key, KnownKeys.Find(name.ToUpperInvariant()));
            Assert.Equal(key, KnownKeys.Find(name.ToLowerInvariant()));
            Assert.Equal(KnownKey.None, KnownKeys.Find(name + "s"));
            Assert.True(name.Length == 0 || KnownKeys.Find(name[..^1]) is KnownKey.None or KnownKey.SourceVpc, name);
            Assert.Equal(KnownKey.None, KnownKeys.Find(name.Replace(':', ';')));
        }

        Assert.Equal(["aws:PrincipalServiceNamesList", "aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:TagKeys", "aws:CalledVia", "aws:SourceOrgPaths",
            "aws:VpceOrgPaths"], Enum.GetValues<KnownKey>().Where(KnownKeys.IsMultivalued).Select(KnownKeys.NameOf));
    }

    private static void AssertKeys(Case caller, string expected, params string[] notMissing) =>
        Assert.Equal($"{expected} {string.Join(' ', Always.Except(notMissing))}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal),
            Keys(caller).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Keys(Case caller)
    {
        foreach (string name in Enum.GetValues<KnownKey>().Where(key => key != KnownKey.None).Select(KnownKeys.NameOf))
        {
            bool Has(string condition) => Evaluator.AllowsAlone(Case.Policy(Case.Statement(condition)), caller.Stack, caller.Request);
            if (!Has($$$"""{"Null":{"{{{name}}}":"true"}}"""))
            {
                yield return $"{name}={string.Join('|', Values.Where(value => Has($$$"""{"ForAnyValue:StringEquals":{"{{{name}}}":"{{{value}}}"}}""")))}";
            }
            else if (caller.Resource($$$$"""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"{{{{name}}}}":"x"}}}""")
                .Decide().Missing.Contains(name))
            {
                yield return $"{name}=?";
            }
        }
    }
}
