using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Files of every kind that the tool reads, damaged: pieces cut out, doubled, moved, replaced by what another reader would choke on. No command fails on its own account
/// or takes more memory than it may. PROVABLESEC_SOAK=N tries N of each.
/// </summary>
public sealed class MutatedInputTests
{
    private const long MostBytes = 500L << 20;

    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["s3:Get*","iam:PassRole"],"Resource":["arn:aws:s3:::b/${aws:username}/*","*"],"Condition":{"NumericLessThan":{"s3:max-keys":"10"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}}]}""";

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), out int soak) ? soak : 60;

    public static TheoryData<string, string, string> Readers()
    {
        string template = "Resources:\n  R: &r\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n      - PolicyName: x\n        PolicyDocument: " + Policy + "\n  S:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: !Ref A, Resource: !Sub \"arn:${R}\"}]}}\n  T: *r\n";
        string dump = "{\"UserDetailList\":[{\"UserName\":\"a\",\"Arn\":\"arn:aws:iam::111122223333:user/a\",\"UserPolicyList\":[{\"PolicyName\":\"p\",\"PolicyDocument\":" + Policy + "}],\"GroupList\":[\"g\"],\"AttachedManagedPolicies\":[]}],\"GroupDetailList\":[{\"GroupName\":\"g\",\"Arn\":\"arn:aws:iam::111122223333:group/g\",\"GroupPolicyList\":[],\"AttachedManagedPolicies\":[]}],\"RoleDetailList\":[],\"Policies\":[]}";
        string configuration = "{\"v\":1,\"documents\":[{\"files\":\"**/*.json\",\"type\":\"identity\"}],\"stacks\":{\"s\":{\"account\":\"111122223333\",\"identityPolicies\":[\"p.json\"]}},\"properties\":[{\"id\":\"a\",\"says\":\"b\",\"question\":\"not-granted\",\"stacks\":[\"s\"],\"forbidden\":\"p.json\",\"budget\":1000,\"expect\":\"holds\"}]}";
        return new TheoryData<string, string, string>
        {
            { "check", "policy.json", Policy },
            { "check --type trust", "policy.json", Policy },
            { "check --fix --dry-run", "policy.json", Policy },
            { "check", "template.yaml", template },
            { "check", "template.json", "{\"Resources\":{\"R\":{\"Type\":\"AWS::IAM::ManagedPolicy\",\"Metadata\":{\"ProvableSec\":[{\"rule\":\"PSEC3005\",\"reason\":\"x\",\"until\":\"2027-01-01\"}]},\"Properties\":{\"PolicyDocument\":" + Policy + "}}}}" },
            { "check", "plan.json", "{\"format_version\":\"1.0\",\"planned_values\":{\"root_module\":{\"resources\":[{\"type\":\"aws_iam_policy\",\"address\":\"a\",\"values\":{\"policy\":" + System.Text.Json.JsonSerializer.Serialize(Policy) + "}}],\"child_modules\":[{\"child_modules\":[]}]}}}" },
            { "check", "dump.json", dump },
            { "check", "report.csv", "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date\na,arn:aws:iam::111122223333:user/a,2020-01-01T00:00:00+00:00,true,N/A,2020-01-01T00:00:00+00:00,N/A,false,true,2020-01-01T00:00:00+00:00,N/A\n" },
            { "check @policy --waivers", "waivers.json", "[{\"rule\":\"PSEC3005\",\"file\":\"policy.json\",\"pointer\":\"/Statement/0\",\"reason\":\"x\",\"until\":\"2027-01-01\"}]" },
            { "check @policy --last-accessed", "advisor.json", "{\"JobStatus\":\"COMPLETED\",\"ServicesLastAccessed\":[{\"ServiceName\":\"S3\",\"ServiceNamespace\":\"s3\",\"LastAuthenticated\":\"2020-01-01T00:00:00Z\",\"TotalAuthenticatedEntities\":1}]}" },
            { "certificate check", "certificate.json", "{\"v\":2,\n\"claim\":{\"question\":\"not-granted\",\"type\":\"identity\",\"readings\":\"all\",\"given\":[],\"policy\":0,\"property\":1,\"documents\":[\n{\"name\":\"\",\"text\":" + System.Text.Json.JsonSerializer.Serialize(Policy) + "},\n{\"name\":\"\",\"text\":" + System.Text.Json.JsonSerializer.Serialize(Policy) + "}\n]},\n\"atoms\":[{\"id\":3,\"is\":\"action in Action(\\\"iam:*\\\")\"}],\n\"clauses\":[{\"from\":\"document 0, statement 0\",\"literals\":[-4,-3]}],\n\"lemmas\":[{\"about\":\"action\",\"literals\":[-3,3]}],\n\"steps\":[{\"literals\":[],\"by\":[2,3,1]}]}" },
            { "verify", "provablesec.json", configuration },
            { "prove no-public-access --budget 20000 --policy", "policy.json", Policy },
            { "ask escalation --dump", "dump.json", dump },
            { "simulate", "case.json", "{\"identityPolicies\":[" + Policy + "],\"request\":{\"principal\":\"arn:aws:iam::111122223333:user/a\",\"action\":\"s3:GetObject\",\"resource\":\"arn:aws:s3:::b/k\",\"context\":{\"aws:SourceIp\":\"10.0.0.1\"}}}" },
        };
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void DamagedFileIsReadOrRefused(string command, string name, string text) =>
        DamagedText.Of(text).Each(Rounds, damaged => Try(command, name, damaged));

    private static void Try(string command, string name, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("p.json", Policy);
        string file = folder.Write(name, text);
        string[] args = [.. command.Split(' ').Select(arg => arg == "@policy" ? folder["p.json"] : arg), file];
        long before = GC.GetTotalAllocatedBytes();
        ToolRun run = ToolRun.Command(args);
        Assert.NotEqual(ExitCodes.InternalError, run.ExitCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostBytes);
    }
}
