using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary><c>"baseline": "git:main"</c> of stacks and sets: what the configuration of a revision made of the files of that revision.</summary>
public sealed class RevisionStackTests : IDisposable
{
    private const string Read = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}""";
    private const string ReadAndWrite = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::logs/*"}]}""";
    private const string NoWrites = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}]}""";

    private const string App = """ "stacks": {"app": {"account": "111122223333", "identityPolicies": ["policies/app.json"]}} """;
    private const string Guarded = """ "stacks": {"app": {"account": "111122223333", "identityPolicies": ["policies/app.json"], "serviceControlPolicies": [["scp.json"]]}} """;
    private const string Roles = """ "stacks": {"app": {"each": "role", "files": "templates/*.json"}} """;

    private readonly TestRepository repository = new();

    public RevisionStackTests()
    {
        repository.Git("checkout", "-q", "-b", "main");
        repository.Write("policies/app.json", Read);
        repository.Write("scp.json", NoWrites);
    }

    public void Dispose() => repository.Dispose();

    [Fact]
    public void A_stack_is_compared_with_what_it_was()
    {
        Commit(App);
        Assert.Equal(0, Verify(App).ExitCode);
        repository.Write("policies/app.json", ReadAndWrite);
        ToolRun run = Verify(App);
        Assert.Equal("", run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s3:PutObject", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Verify(App, question: "equivalent").ExitCode);
    }

    [Fact]
    public void A_control_policy_that_goes_is_new_access()
    {
        repository.Write("policies/app.json", ReadAndWrite);
        Commit(Guarded);
        Assert.Equal(0, Verify(Guarded).ExitCode);
        ToolRun run = Verify(App);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s3:PutObject", run.Output, StringComparison.Ordinal);
        repository.Write("scp.json", NoWrites.Replace("s3:Put*", "s3:Delete*", StringComparison.Ordinal));
        Assert.Equal(1, Verify(Guarded).ExitCode);
    }

    [Fact]
    public void A_stack_that_the_configuration_did_not_have_is_found_with_its_definition_of_today()
    {
        Commit(""" "stacks": {"other": {"identityPolicies": ["policies/app.json"]}} """);
        ToolRun same = Verify(App);
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("has no stack \"app\", which is compared with what its definition of today finds there", Flat(same.Output), StringComparison.Ordinal);
        repository.Write("policies/app.json", ReadAndWrite);
        Assert.Equal(1, Verify(App).ExitCode);
    }

    [Fact]
    public void A_new_policy_that_is_written_out_is_all_new()
    {
        Commit(""" "stacks": {} """);
        ToolRun run = Verify($$""" "stacks": {"app": {"account": "111122223333", "identityPolicies": [{{Read}}]} } """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no \"app\" at main (", Flat(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_role_of_a_template_is_compared_with_itself_and_a_new_one_is_all_new()
    {
        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject")));
        Commit(Roles);
        Assert.Equal(0, Verify(Roles).ExitCode);
        repository.Write("templates/app.json", Template("\n" + Role("App", "s3:GetObject") + "," + Role("Added", "sqs:SendMessage")));
        ToolRun added = Verify(Roles);
        Assert.Equal(1, added.ExitCode);
        Assert.Contains("(stack app/templates/app.json#Added)", Flat(added.Output), StringComparison.Ordinal);
        repository.Write("templates/app.json", Template(Role("App", "s3:*") + "," + Role("Added", "s3:GetObject")));
        ToolRun wider = Verify(Roles);
        Assert.Equal(1, wider.ExitCode);
        Assert.Contains("(stack app/templates/app.json#App)", Flat(wider.Output), StringComparison.Ordinal);
        Assert.Contains("The same of app/templates/app.json#Added", Flat(wider.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_only_the_deployment_knows_are_the_same_where_their_names_are()
    {
        const string Bucket = """{"Fn::Sub": "arn:aws:s3:::${Name}/*"}""";
        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject", Bucket)));
        Commit(Roles);
        repository.Write("templates/app.json", "\n\n" + Template(Role("App", "s3:GetObject", Bucket)));
        ToolRun same = Verify(Roles);
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("values that are known only at deployment are taken to differ where the file calls them by different names", Flat(same.Output), StringComparison.Ordinal);
        Assert.Equal(0, Verify(Roles, question: "equivalent").ExitCode);
        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject", Bucket.Replace("Name", "Other", StringComparison.Ordinal))));
        ToolRun other = Verify(Roles);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("it depends on what is known only at deployment: Other (", Flat(other.Output), StringComparison.Ordinal);
        Assert.Equal(3, Verify(Roles, question: "equivalent").ExitCode);
        repository.Write("templates/app.json", Template(Role("App", "s3:*", Bucket) + "," + Role("Any", "iam:*")));
        Assert.Equal(1, Verify(Roles).ExitCode);
    }

    [Fact]
    public void An_imported_policy_that_both_sides_have_plays_no_part_unless_a_Deny_goes()
    {
        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject", more: Imported)));
        Commit(Roles);
        Assert.Equal(0, Verify(Roles).ExitCode);
        repository.Write("templates/app.json", "\n" + Template(Role("App", "s3:GetObject", more: Imported)));
        Assert.Equal(0, Verify(Roles).ExitCode);
        repository.Write("templates/app.json",
            Template(Role("App", "s3:GetObject", more: Imported.Replace("ReadOnlyAccess", "PowerUserAccess", StringComparison.Ordinal))));
        Assert.Equal(3, Verify(Roles).ExitCode);

        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject", more: Imported + Denying)));
        Commit(Roles);
        repository.Write("templates/app.json", Template(Role("App", "s3:GetObject", more: Imported)));
        ToolRun run = Verify(Roles, baseline: "git:HEAD");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the managed policy ReadOnlyAccess (", Flat(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_was_broken_is_exit_2()
    {
        Commit(""" "stacks": {"app": {"identityPolicies": ["policies/none.json"]}} """);
        ToolRun run = Verify(App);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the stack \"app\" cannot be read at main (", run.Error, StringComparison.Ordinal);
        Assert.Contains("policies/none.json is not a file in main", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_revisions_in_each_other_are_read_once()
    {
        // The configuration at the revision has properties of its own, with baselines of theirs: they play no part.
        repository.Write("provablesec.json", Configuration(App, "no-new-access", "git:HEAD"));
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Change policies");
        Assert.Equal(0, Verify(App, baseline: "git:HEAD").ExitCode);
    }

    private const string Imported = """, "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"] """;

    private const string Denying = """, "Denied": {} """;

    private static string Template(string resources) => $$"""{"Resources": { {{resources}} } }""";

    private static string Role(string id, string action, string resource = "\"*\"", string more = "")
    {
        string denied = more.Contains("Denied", StringComparison.Ordinal) ? """, {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}""" : "";
        return $$""" "{{id}}": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}, "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{action}}", "Resource": {{resource}} }{{denied}}]} }]{{more.Replace(Denying, "", StringComparison.Ordinal)}} } } """;
    }

    private static string Configuration(string stacks, string question, string baseline) => $$"""
        {"version": 1, {{stacks}}, "properties": [
          {"id": "wider", "question": "{{question}}", "stacks": ["app"], "baseline": "{{baseline}}"}]}
        """;

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ");

    private ToolRun Verify(string stacks, string question = "no-new-access", string baseline = "git:main") =>
        ToolRun.Command("verify", repository.Write("provablesec.json", Configuration(stacks, question, baseline)));

    private void Commit(string stacks)
    {
        repository.Write("provablesec.json", $$"""{"version": 1, {{stacks}}, "properties": []}""");
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "Change policies");
    }
}
