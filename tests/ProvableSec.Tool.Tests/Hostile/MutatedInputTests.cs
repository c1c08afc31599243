using CsCheck;
using ProvableSec.Tool.Tests.Trim;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Files of every kind that the tool reads, damaged: pieces cut out, doubled, moved, replaced by what another reader would choke on. No command fails on its
/// own account
/// or takes more memory than it may. PROVABLESEC_SOAK=N tries N of each and prints the slowest.
/// </summary>
public sealed class MutatedInputTests(ITestOutputHelper printed)
{
    private const long MostBytes = 500L << 20;

    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["s3:Get*","iam:PassRole"],"Resource":["arn:aws:s3:::b/${aws:username}/*","*"],"Condition":{"NumericLessThan":{"s3:max-keys":"10"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}}]}""";

    private const int Rounds = 40;

    private static readonly string KeyId = new Fresh(17).AccessKeyId(), SecretKey = new Fresh(18).SecretKey(), Password = new Fresh(19).Password();

    public static TheoryData<string, string, string> Readers()
    {
        string template = "Resources:\n  R: &r\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n      - PolicyName: x\n        PolicyDocument: " + Policy + "\n  S:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: !Ref A, Resource: !Sub \"arn:${R}\"}]}}\n  T: *r\n";
        string dump = "{\"UserDetailList\":[{\"UserName\":\"a\",\"Arn\":\"arn:aws:iam::111122223333:user/a\",\"UserPolicyList\":[{\"PolicyName\":\"p\",\"PolicyDocument\":" + Policy + "}],\"GroupList\":[\"g\"],\"AttachedManagedPolicies\":[]}],\"GroupDetailList\":[{\"GroupName\":\"g\",\"Arn\":\"arn:aws:iam::111122223333:group/g\",\"GroupPolicyList\":[],\"AttachedManagedPolicies\":[]}],\"RoleDetailList\":[],\"Policies\":[]}";
        string configuration = "{\"version\":1,\"documents\":[{\"files\":\"**/*.json\",\"type\":\"identity\"}],\"stacks\":{\"s\":{\"account\":\"111122223333\",\"identityPolicies\":[\"p.json\"]}},\"properties\":[{\"id\":\"a\",\"says\":\"b\",\"question\":\"not-granted\",\"stacks\":[\"s\"],\"forbidden\":\"p.json\",\"budget\":1000,\"expect\":\"holds\"}]}";
        string organization = "{\"organization\":{\"id\":\"o-example1234\",\"managementAccount\":\"444455556666\",\"accounts\":{\"111122223333\":\"o-example1234/r-root/ou-root-apps0000/\"}},\"serviceControlPolicies\":{\"r-root\":[{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}]},\"resourceControlPolicies\":[[]]}";
        string question = "{\"id\":1,\"question\":\"not-granted\",\"policy\":" + Policy + ",\"forbidden\":" + Policy + ",\"type\":\"resource\",\"request\":{\"action\":{\"like\":\"s3:*\"},\"context\":{\"aws:SourceIp\":{\"any\":[\"10.0.0.1\"]},\"aws:username\":null}},\"budget\":20000}";
        string rules = """{"version":1,"rules":[{"id":"a","when":{"any":[{"uri":"*x"},{"header":{"host":"*"}}],"not":{"clientIp":"2001:db8::/32","requestBodySize":{"atLeast":7,"below":101}}},"then":"drop"}],"redact":[{"field":"header","names":"cookie","by":"mask"},{"field":"args","by":"truncate","length":3}],"unwrap":"message"}""";
        string logs = WafRecord.Of("ALLOW", "a") + "\n{\"message\":" + System.Text.Json.JsonSerializer.Serialize(WafRecord.Of("BLOCK", "b", "c=1&d=2")) + "}\n"
            + WafRecord.Of("COUNT", "e") + "\n";
        string code = "aws_access_key_id = KEYID\nstring s = \"" + new string('a', 40) + "\" + 'x'; // \\u0041 %41 &#65;\nAWS_SECRET_ACCESS_KEY: !Sub SECRETKEY\npassword=\"PASSWORD\", -----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
        string baseline = "{\"version\":1,\"findings\":[{\"rule\":\"PSEC2003\",\"file\":\"p.json\",\"fingerprint\":\"" + new string('a', 64)
            + "\",\"count\":1}]}";
        return new TheoryData<string, string, string>
        {
            { "check --batch", "policies.ndjson", "{\"id\":1,\"type\":\"resource\",\"policy\":" + Policy + "}\n{\"id\":\"b\",\"text\":"
                + System.Text.Json.JsonSerializer.Serialize(Policy) + "}\n" },
            { "check @policy --baseline", "baseline.json", baseline },
            { "prove --batch", "questions.ndjson", question + "\n" + question.Replace("not-granted", "no-dead-statement", StringComparison.Ordinal) + "\n" },
            { "prove", "question.json", question },
            { "prove --filter", "rules.json", rules },
            { "ask who-can s3:Get*,iam:PassRole --budget 20000 --dump", "dump.json", dump },
            { "ask what-can arn:aws:iam::111122223333:user/a --budget 20000 --dump @dump --organization", "organization.json", organization },
            { "trim @log --dry-run --rules", "rules.json", rules },
            { "trim", "log.ndjson", logs },
            { "trim", "log.ndjson.gz", logs },
            { "trim", "log.ndjson.zst", logs },
            { "scan", "code.txt", code },
            { "scan @code --baseline", "known", "# known\n" + new string('a', 64) + "\n" },
            { "scan @folder --no-ignore", ".gitallowed", "# ours\ntest only$\n[a-z]+(b|c)*\\d{1,3}$\n" },
            { "scan @folder --fail-on never", ".gitignore", "# ours\n/bin/\n!**/*.tx[!a-m]\\ \na/**/b\n" },
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

    /// <summary>What no reader takes before it is damaged finds little.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void WholeFileIsRead(string command, string name, string text) => Assert.NotEqual(ExitCodes.BadInput, Run(command, name, text, 0).ExitCode);

    [Theory]
    [MemberData(nameof(Readers))]
    public void DamagedFileIsReadOrRefused(string command, string name, string text)
    {
        TimeSpan slowest = default;
        int tried = 0;
        Gen.Select(DamagedText.Of(text), Gen.Int[1, int.MaxValue]).Each(Rounds, (damaged, place) =>
        {
            long before = GC.GetTotalAllocatedBytes(), began = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.NotEqual(ExitCodes.InternalError, Run(command, name, damaged, place).ExitCode);
            Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostBytes);
            TimeSpan time = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            slowest = time > slowest ? time : slowest;
            tried++;
        });
        printed.WriteLine($"{command} {name}: {tried} files, the slowest {slowest.TotalMilliseconds:F0} ms");
    }

    /// <summary>Runs a command on a file; a compressed one has one of its bytes changed, too, if the place is one of them.</summary>
    private static ToolRun Run(string command, string name, string text, int place)
    {
        using var folder = new TemporaryFolder();
        string[] args = [.. command.Split(' ').Select(arg => arg switch
        {
            "@policy" => folder.Write("p.json", Policy),
            "@dump" => folder.Write("dump.json", """{"UserDetailList":[{"UserName":"a","Arn":"arn:aws:iam::111122223333:user/a"}],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}"""),
            "@log" => folder.Write("log.ndjson", WafRecord.Of("ALLOW", "a", "c=1") + "\n"),
            "@code" => folder.Write("a.txt", $"password=\"{Password}\"\n"),
            "@folder" => Path.GetDirectoryName(folder.Write("a.txt", $"password=\"{Password}\"\n"))!,
            _ => arg,
        })];
        if (command == "verify")
        {
            folder.Write("p.json", Policy);
        }
        else if (command == "scan")
        {
            // Credentials stand in no file of the repository and in no name of a test.
            text = text.Replace("KEYID", KeyId, StringComparison.Ordinal).Replace("SECRETKEY", SecretKey, StringComparison.Ordinal)
                .Replace("PASSWORD", Password, StringComparison.Ordinal);
        }

        byte[]? compressed = name.EndsWith(".gz", StringComparison.Ordinal) ? WafRecord.Gzip(text) : name.EndsWith(".zst", StringComparison.Ordinal)
            ? WafRecord.Zstandard(text) : null;
        if (compressed is not null && place % (compressed.Length * 2) is var at && at < compressed.Length && place > 0)
        {
            compressed[at] ^= (byte)((place >> 8) | 1);
        }

        string file = compressed is null ? folder.Write(name, text) : folder.Write(name, compressed);
        return ToolRun.Command(command.Contains("@folder", StringComparison.Ordinal) ? args : [.. args, file]);
    }
}
