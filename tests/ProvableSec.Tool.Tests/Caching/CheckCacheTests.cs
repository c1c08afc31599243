using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Waivers;
using ProvableSec.Tool.Checking;

namespace ProvableSec.Tool.Tests.Caching;

/// <summary><c>check --cache</c>: what is found in a file that has not changed is what was found before, in every format and whatever else has
/// changed.</summary>
public sealed partial class CheckCacheTests : IDisposable
{
    private static readonly string[] Formats = ["text", "json", "sarif", "github", "junit", "markdown", "html", "asff"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("samples/policies")]
    [InlineData("samples/guardrails samples/account samples/organization")]
    [InlineData("samples/leaky-app samples/cloudhsm-container --no-ignore")]
    [InlineData("samples/rotated-secret samples/broad-access --fail-on error")]
    [InlineData("@made --fail-on never --resource-type AWS::S3::Bucket")]
    public void A_cached_run_reports_what_the_first_one_did(string run)
    {
        string[] args = ["check", "--account", "111122223333", "--region", "eu-west-1",
            .. run.Split(' ').Select(word => word[0] == 's' ? Path.Combine(Repository.Root, word) : word == "@made" ? Made() : word)];
        ToolRun asked = Run("asked", args), first = Run("first", [.. args, "--cache", folder["cache"]]),
            second = Run("second", [.. args, "--cache", folder["cache"]]);
        Assert.Equal((asked.ExitCode, asked.ExitCode), (first.ExitCode, second.ExitCode));
        Assert.Equal(Timeless(asked.Error), Timeless(first.Error));
        Assert.Equal(Timeless(asked.Error), Timeless(second.Error));
        Assert.DoesNotContain("from the cache", first.Error, StringComparison.Ordinal);
        Assert.Matches(@"\d+ files? from the cache", second.Error);
        Assert.All(Formats, format => Assert.Equal(Text("asked", format), Text("first", format)));
        Assert.All(Formats, format => Assert.Equal(Text("asked", format), Text("second", format)));
        Assert.All(Directory.GetFiles(folder["cache"], "*", SearchOption.AllDirectories), entry => Fresh.AssertHidden(File.ReadAllText(entry)));
    }

    /// <summary>After each change a run with the cache says what one without it says; and the change is one that says something else.</summary>
    [Fact]
    public void Whatever_changes_the_answer_changes_it_with_the_cache()
    {
        const string Policy = """{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": ["iam:PassRole", "sqs:SendMessage"], "Resource": "*"}]}""";
        using var repository = new TestRepository();
        repository.Write("p/a.json", Policy);
        repository.Write("p/b.json", Policy.Replace("iam:PassRole", "s3:GetObject", StringComparison.Ordinal));
        repository.Write("deny.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}""");
        string advisor = repository.Write("advisor.json", """{"JobStatus": "COMPLETED", "ServicesLastAccessed": [{"ServiceNamespace": "iam", "LastAuthenticated": "2026-09-20T00:00:00Z"}]}""");
        string waivers = repository.Write("waivers.json", "[]"), baseline = repository.Write("baseline.json", "{\"version\": 1, \"findings\": []}");
        const string Checks = """{"version": 1, "checks": [{"id": "acme1", "title": "No queues", "deny": "deny.json", "severity": "error"}]}""";
        string last = "";
        Change("nothing yet", () => { });
        Change("the text", () => repository.Write("p/a.json", Policy.Replace("iam:PassRole", "iam:*", StringComparison.Ordinal)));
        Change("another name", () => File.Move(repository["p/a.json"], repository["p/a.scp.json"]));
        Change("a configuration beside it", () => repository.Write("provablesec.json", Checks));
        Change("what it forbids", () => repository.Write("deny.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"""));
        Change("how bad that is", () => repository.Write("provablesec.json", Checks.Replace("\"error\"", "\"info\"", StringComparison.Ordinal)));
        Change("a type in it", () => repository.Write("provablesec.json", """{"version": 1, "documents": [{"files": "p/b.json", "type": "boundary"}]}"""));
        Change("a configuration below", () => repository.Write("p/provablesec.json", """{"version": 1, "documents": [{"files": "b.json", "type": "scp"}]}"""));
        Change("none any more", () => { File.Delete(repository["p/provablesec.json"]); File.Delete(repository["provablesec.json"]); });
        Change("an option", () => { }, "--type", "session");
        Change("a zone", () => repository.Write("p/c.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "999988887777"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"""));
        Change("who is trusted", () => { }, "--trusted-account", "111122223333");
        Change("who else is", () => { }, "--trusted-account", "999988887777");
        Change("the file is ignored", () => repository.Write(".gitignore", "c.json\n"));
        Change("the dialect", () => { }, "--type", "scp", "--scp-dialect", "2019");
        Change("what was used", () => { }, "--last-accessed", advisor, "--as-of", "2026-10-01");
        Change("what the report says", () => repository.Write("advisor.json",
            """{"JobStatus": "COMPLETED", "ServicesLastAccessed": [{"ServiceNamespace": "s3"}]}"""), "--last-accessed", advisor, "--as-of", "2026-10-01");
        Change("a waiver", () => repository.Write("waivers.json", """[{"rule": "PSEC3302", "file": "b.json", "reason": "known", "until": "2999-01-01"}, {"rule": "PSEC2005", "file": "b.json", "reason": "known", "until": "2999-01-01"}]"""), "--waivers", waivers);
        Change("a baseline", () => ToolRun.Command("check", repository["p"], "--write-baseline", baseline), "--baseline", baseline);

        void Change(string what, Action change, params string[] options)
        {
            change();
            string[] args = ["check", repository["p"], "--format", "json", .. options];
            ToolRun asked = ToolRun.Command(args), cached = ToolRun.Command([.. args, "--cache", folder["cache"]]),
                again = ToolRun.Command([.. args, "--cache", folder["cache"]]);
            Assert.True(Timeless(asked.Output + asked.Error) != last, what);
            Assert.True(asked.Output == cached.Output && asked.Output == again.Output && asked.ExitCode == again.ExitCode, what);
            last = Timeless(asked.Output + asked.Error);
        }
    }

    [Fact]
    public void Only_what_changed_is_checked_again()
    {
        for (int i = 0; i < 5; i++)
        {
            folder.Write($"p/p{i}.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""");
        }

        string[] args = ["check", folder["p"], "--cache", folder["cache"]];
        ToolRun.Command(args);
        folder.Write("p/p3.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""");
        Assert.Contains("4 files from the cache", ToolRun.Command(args).Error, StringComparison.Ordinal);
        Assert.Contains("5 files from the cache", ToolRun.Command(args).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_corrupt_is_checked_again()
    {
        folder.Write("p/p.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""");
        string[] args = ["check", folder["p"], "--format", "json", "--cache", folder["cache"]];
        ToolRun asked = ToolRun.Command(args);
        string entry = Assert.Single(Directory.GetFiles(folder["cache"], "*", SearchOption.AllDirectories));
        byte[] content = File.ReadAllBytes(entry);
        foreach (byte[] damaged in (byte[][])[[], content[..(content.Length / 2)], [.. content, (byte)' '],
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("PSEC", "PSEK", StringComparison.Ordinal))])
        {
            File.WriteAllBytes(entry, damaged);
            ToolRun run = ToolRun.Command(args);
            Assert.Equal((asked.ExitCode, asked.Output), (run.ExitCode, run.Output));
            Assert.DoesNotContain("from the cache", run.Error, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllBytes(entry));
        }
    }

    [Fact]
    public void What_is_known_is_fixed_as_what_is_not()
    {
        foreach (string name in (string[])["p", "q"])
        {
            folder.Write($"{name}/p.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObject"], "Resource": "*"}}""");
        }

        string[] args = ["check", folder["p"], "--cache", folder["cache"]];
        ToolRun.Command(args);
        ToolRun.Command("check", folder["q"], "--fix");
        ToolRun.Command([.. args, "--fix"]);
        Assert.DoesNotContain("\"s3:GetObject\", \"s3:GetObject\"", File.ReadAllText(folder["p/p.json"]), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder["q/p.json"]), File.ReadAllText(folder["p/p.json"]));
    }

    [Fact]
    public void A_batch_has_no_cache()
    {
        ToolRun run = ToolRun.Command("check", "--batch", folder.Write("in", ""), "--cache", folder["cache"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("it takes no batch", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documents_of_verify_are_known_too()
    {
        folder.Write("v/app.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""");
        string configuration = folder.Write("v/provablesec.json", """{"version": 1, "documents": [{"files": "app.json", "type": "identity", "check": true}]}""");
        string[] args = ["verify", configuration, "--format", "json", "--cache", folder["cache"]];
        ToolRun first = ToolRun.Command(args), second = ToolRun.Command(args);
        Assert.Contains("PSEC", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.ExitCode, second.ExitCode);
        Assert.Equal(Timeless(first.Output), Timeless(second.Output));
        Assert.Single(Directory.GetFiles(folder["cache"], "*", SearchOption.AllDirectories));
    }

    /// <summary>Each member by itself; of a new one nobody has said what it is another value of.</summary>
    [Fact]
    public void Every_member_of_the_settings_has_a_part_in_the_key()
    {
        var other = new Dictionary<string, object?>
        {
            ["Type"] = PolicyType.Trust,
            ["ResourceType"] = "AWS::S3::Bucket",
            ["ScpDialect"] = ScpDialect.Of2019,
            ["Zone"] = TrustZone.None with { Accounts = ["111122223333"] },
            ["PublicResources"] = (string[])["arn:aws:s3:::site/*"],
            ["OwnChecks"] = (OwnCheck[])[new OwnCheck(new Rule("acme1", "t", RuleSeverity.Error, "w", "r", 1), PolicyReader.Read(new DocumentText("{}")))],
            ["LastAccessed"] = LastAccessed.Read(new DocumentText("""{"ServicesLastAccessed": [{"ServiceNamespace": "s3"}]}"""), new DateTime(2026, 1, 1), 90,
                out _),
            ["AsOf"] = new DateTime(2026, 1, 2),
            ["ProofsAsOf"] = "2026-01-02",
            ["FromRoot"] = "p.json",
        };
        PropertyInfo[] members = [.. typeof(CheckSettings).GetProperties().Where(member => member.CanWrite)];
        Assert.Equal(members.Select(member => member.Name).Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        var report = new DocumentText("user,arn,user_creation_time,password_enabled\n", "report.csv");
        string key = CheckKey.Of(new CheckSettings()), ofReport = CheckKey.Of(report, true, new CheckSettings());
        Assert.All(members, member =>
        {
            var settings = new CheckSettings();
            member.SetValue(settings, other[member.Name]);
            Assert.NotEqual(key, CheckKey.Of(settings));
        });
        Assert.NotEqual(ofReport, CheckKey.Of(report, false, new CheckSettings()));
        Assert.NotEqual(ofReport, CheckKey.Of(new DocumentText(report.Text, "other.csv"), true, new CheckSettings()));
        Assert.NotEqual(ofReport, CheckKey.Of(new DocumentText(report.Text + "x", report.Name), true, new CheckSettings()));
    }

    [Theory]
    [InlineData("{\"Version\": \"2012-10-17\", \"Statement\": []}", false)]
    [InlineData("{\"Resources\": {}}", true)]
    public void The_day_counts_where_something_may_have_ended(string text, bool counts)
    {
        var file = new DocumentText(text, "file.json");
        string[] keys = [.. ((int[])[1, 2]).Select(day => CheckKey.Of(file, true, new CheckSettings { AsOf = new DateTime(2026, 1, day) }))];
        Assert.Equal(counts, keys[0] != keys[1]);
    }

    /// <summary>A record holds all members that a report shows; of the others somebody has said that none does.</summary>
    [Theory]
    [InlineData(typeof(CheckedFile), "Converted Findings IsAccountSummary IsCredentialReport IsDocument IsManifest NameNote Notes PartProblems Policies Problem Source Waivers")]
    [InlineData(typeof(PolicyFinding), "Document IsUnknown Message Own Pointer Policy Related Rule Scanned Severity Span Statement Within Witness")]
    [InlineData(typeof(CheckFinding), "Finding Policy ShowsText Source")]
    [InlineData(typeof(Waiver), "File Pointer Reason Rule Statement Until")]
    [InlineData(typeof(InlineWaiver), "Line Waiver")]
    [InlineData(typeof(DocumentNotes), "")]
    [InlineData(typeof(OwnCheck), "Denied Rule Types")]
    public void A_new_member_has_to_be_part_of_records(Type type, string members) => Assert.Equal(members, string.Join(' ',
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.CanWrite && property.Name != "EqualityContract").Select(property => property.Name).Order(StringComparer.Ordinal)));

    /// <summary>What the samples lack: waivers in the file, values and policies that are known only at deployment, macros, types by name, broken files,
    /// secrets.</summary>
    private string Made()
    {
        folder.Write("made/template.yaml", $$$"""
            Transform: [Acme::Macro]
            Parameters: {Name: {Type: String}, Policy: {Type: String}, Stage: {Type: String, AllowedValues: [a, b]}}
            Conditions: {IsA: !Equals [!Ref Stage, a]}
            Resources:
              Role:
                Type: AWS::IAM::Role
                Metadata: {ProvableSec: [{rule: PSEC2005, reason: known, until: "2999-01-01"}]}
                Properties:
                  AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: sts:AssumeRole}]} # provablesec: PSEC2001 until 2999-01-01 because it is a test
                  Policies:
                    - PolicyName: p
                      PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: iam:PassRole, Resource: !If [IsA, "*", !Ref Name]}, {Effect: Allow, Action: s3:GetObjct, Resource: !Sub "arn:aws:s3:::${Name}/*"}]}
              Open: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Name, PolicyDocument: !Ref Policy}}
              Code:
                Type: AWS::Lambda::Function
                Properties: {Handler: index.handler, Runtime: nodejs22.x, Role: !GetAtt Role.Arn, Code: {ZipFile: "x"}, Environment: {Variables: { DB_PASSWORD: "{{{new Fresh(1).Password()}}}" } } }
            """);
        folder.Write("made/bad-waiver.yaml", "Resources: # provablesec: PSEC9999 until 2999-01-01 because no\n  A: {Type: AWS::SQS::Queue}\n");
        folder.Write("made/regions.scp.json", """{"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}]}""");
        folder.Write("made/report.csv", "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n"
            + "ann,arn:aws:iam::111122223333:user/ann,2020-01-01T00:00:00+00:00,true,2020-01-02T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,false,true,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n");
        folder.Write("made/broken.json", """{"Version": "2012-10-17", "Statement": [""");
        return folder["made"];
    }

    private ToolRun Run(string name, string[] args) => ToolRun.Command(
        [.. args, .. Formats.SelectMany(format => (string[])["--output", $"{format}={folder[$"{name}.{format}"]}"])]);

    private string Text(string name, string format) => Timeless(File.ReadAllText(folder[$"{name}.{format}"]));

    private static string Timeless(string text) => Seconds().Replace(text, "");

    [GeneratedRegex("""( · \d+ files? from the cache)? · \d+\.\d\d s|"(CreatedAt|UpdatedAt)": ?"[^"]*"|"millis": ?\d+|time="[\d.]+""")]
    private static partial Regex Seconds();
}
