using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Accounts;

public sealed class AccountDumpReaderTests
{
    private const string Get = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""";
    private const string Broken = """{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"s3:Get*","Resource":"*"}}""";

    [Fact]
    public void A_broken_document_makes_its_principal_undecided_and_leaves_the_others()
    {
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", Broken)}},{{User("b", Get)}}]}""");
        Assert.StartsWith("dump.json:1:", dump.Principals[0].Undecided, StringComparison.Ordinal);
        Assert.Contains("Effect", dump.Principals[0].Undecided, StringComparison.Ordinal);
        Assert.Null(dump.Principals[1].Undecided);
        Assert.Single(dump.Principals[1].IdentityPolicies);
        Assert.True(dump.IsComplete);
    }

    [Fact]
    public void An_encoded_document_is_the_same_document_and_its_mistakes_have_a_place()
    {
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", $"\"{Uri.EscapeDataString(Get)}\"")}},{{User("b", $"\"{Uri.EscapeDataString(Broken)}\"")}}]}""");
        Assert.Equal("s3:Get*", dump.Principals[0].IdentityPolicies[0].Statements[0].Action.Patterns[0].Text);
        Assert.Contains("of the decoded document", dump.Principals[1].Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_has_the_policies_of_its_groups_and_an_unknown_group_makes_it_undecided()
    {
        string group = $$"""{"GroupName":"g","Arn":"arn:aws:iam::111122223333:group/team/g","GroupPolicyList":[{"PolicyName":"p","PolicyDocument":{{Get}}}]}""";
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", null, "\"GroupList\":[\"g\"]")}},{{User("b", null, "\"GroupList\":[\"h\"]")}}],"GroupDetailList":[{{group}}]}""");
        Assert.Single(dump.Principals[0].IdentityPolicies);
        Assert.Null(dump.Principals[0].Undecided);
        Assert.Contains("the group h is not in the dump", dump.Principals[1].Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_version_of_a_managed_policy_is_the_one_that_counts()
    {
        string policy = $$"""{"Arn":"arn:aws:iam::aws:policy/P","DefaultVersionId":"v2","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":false,"Document":{{Broken}}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{{Get}}}]}""";
        AccountDump dump =
            Read($$"""{"UserDetailList":[{{User("a", null, """ "AttachedManagedPolicies":[{"PolicyName":"P","PolicyArn":"arn:aws:iam::aws:policy/P"}] """)}}],"Policies":[{{policy}}]}""");
        Assert.Empty(dump.Problems);
        Assert.Single(dump.Principals[0].IdentityPolicies);
        AccountDump contradicts = Read($$"""{"UserDetailList":[{{User("a", null, """ "AttachedManagedPolicies":[{"PolicyName":"P","PolicyArn":"arn:aws:iam::aws:policy/P"}] """)}}],"Policies":[{{policy.Replace("\"DefaultVersionId\":\"v2\"", "\"DefaultVersionId\":\"v1\"", StringComparison.Ordinal)}}]}""");
        Assert.NotNull(contradicts.Principals[0].Undecided);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pages_are_one_dump_however_they_are_put_together(bool array)
    {
        string first = $$"""{"UserDetailList":[{{User("a", null, "\"GroupList\":[\"g\"]")}}],"IsTruncated":true,"Marker":"m"}""";
        string second = """{"GroupDetailList":[{"GroupName":"g","Arn":"arn:aws:iam::111122223333:group/g","GroupPolicyList":[]}],"UserDetailList":[{"Arn":"arn:aws:iam::111122223333:user/z"}],"IsTruncated":false}""";
        AccountDump together = Read(array ? $"[{first},{second}]" : first + "\n" + second);
        Assert.Equal(2, together.Principals.Length);
        Assert.All(together.Principals, p => Assert.Null(p.Undecided));
        Assert.Empty(together.Truncated);
        AccountDump files = AccountDumpReader.Read([new DocumentText(first, "1.json"), new DocumentText(second, "2.json")]);
        Assert.Equal(2, files.Principals.Length);
        Assert.Empty(files.Truncated);
        Assert.Contains("the last page of it is not there", Assert.Single(Read(first).Truncated), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_later_page_names_its_line_in_the_file()
    {
        AccountDump dump = Read($"{{\"UserDetailList\":[]}}\n{{\"UserDetailList\":[\n{User("a", Broken)}]}}");
        Assert.StartsWith("dump.json:3:", dump.Principals[0].Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_no_JSON_leaves_the_other_pages_and_the_dump_incomplete()
    {
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", Get)}}]} {"RoleDetailList":[{]}""");
        Assert.Single(dump.Principals);
        Assert.False(dump.IsComplete);
        Assert.Contains(dump.Problems, p => p.IsError);
    }

    [Theory]
    [InlineData("UserPolicyLists", "did you mean")]
    [InlineData("AttachedManagedPolicy", "may hold policies")]
    public void A_misspelled_list_is_not_a_missing_one(string member, string message)
    {
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", null, $"\"{member}\":[]")}}]}""");
        Assert.Contains(message, dump.Principals[0].Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_principal_twice_is_one_and_two_that_differ_are_undecided()
    {
        AccountDump dump = Read($$"""{"UserDetailList":[{{User("a", Get)}},{{User("a", Get)}},{{User("b", Get)}},{{User("b", null)}}]}""");
        Assert.Equal(2, dump.Principals.Length);
        Assert.Null(dump.Principals[0].Undecided);
        Assert.Contains("is there twice, and differently", dump.Principals[1].Undecided, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_trust_policy_is_no_reason_to_know_nothing_of_the_role()
    {
        AccountDump dump = Read("""{"RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/r","AssumeRolePolicyDocument":{"Statement":1} }]}""");
        Assert.Null(dump.Principals[0].Undecided);
        Assert.NotNull(dump.Principals[0].TrustUndecided);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("{}{}")]
    [InlineData("{\"UserDetailList\":{}}")]
    [InlineData("{\"UserDetailList\":[1,{},{\"Arn\":1},{\"Arn\":\"x\"}],\"Policies\":[{}],\"GroupDetailList\":null}")]
    [InlineData("}{")]
    [InlineData("\"")]
    public void No_text_makes_it_throw(string text) => Assert.Empty(Read(text).Principals);

    private static AccountDump Read(string text) => AccountDumpReader.Read([new DocumentText(text, "dump.json")]);

    private static string User(string name, string? document, string more = "\"Path\":\"/\"") =>
        $$"""{"Arn":"arn:aws:iam::111122223333:user/{{name}}","UserPolicyList":[{{(document is null ? "" : $$"""{"PolicyName":"p","PolicyDocument":{{document}}}""")}}],{{more}}}""";
}
