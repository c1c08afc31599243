using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Model;

public sealed class PolicyReaderFormTests
{
    [Fact]
    public void One_and_a_list_of_one_are_the_same()
    {
        PolicyDocument one = Read("""{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*","Principal":{"AWS":"*"},"Condition":{"Bool":{"k":"true"}}}}""");
        PolicyDocument list = Read("""{"Statement":[{"Effect":"Allow","Action":["a:b"],"Resource":["*"],"Principal":{"AWS":["*"]},"Condition":{"Bool":{"k":["true"]}}}]}""");
        Assert.Empty(one.Problems);
        Assert.Empty(list.Problems);
        PolicyEquality.AssertSame(one, list);
    }

    [Theory]
    [InlineData("\"Version\":\"2012-10-17\",", "", true)]
    [InlineData("", ",\"Version\":\"2012-10-17\"", true)]
    [InlineData("\"Version\":\"2008-10-17\",", "", false)]
    [InlineData("", "", false)]
    public void The_version_decides_variables_wherever_it_stands(string before, string after, bool variables)
    {
        PolicyDocument policy = Read("{" + before + "\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:s3:::${aws:username}\",\"Condition\":{\"StringLike\":{\"k\":\"${aws:username}\"}}}" + after + "}");
        Assert.Empty(policy.Problems);
        Assert.Equal(variables ? PolicyVersion.V2012 : PolicyVersion.V2008, policy.Version);
        Assert.Equal(before.Length + after.Length > 0, policy.NamesVersion);
        Statement statement = policy.Statements.Single();
        Assert.Equal(variables, statement.Resource!.Patterns.Single().HasVariables);
        Assert.Equal(variables, statement.Conditions.Single().Values.Single().HasVariables);
    }

    [Theory]
    [InlineData("StringEquals", true)]
    [InlineData("ArnLike", true)]
    [InlineData("Bool", true)]
    [InlineData("NumericEquals", false)]
    [InlineData("IpAddress", false)]
    [InlineData("BinaryEquals", false)]
    [InlineData("DateEquals", false)]
    public void Variables_are_read_where_the_operator_takes_them(string op, bool variables)
    {
        PolicyDocument policy = Read("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"" + op + "\":{\"k\":\"${a}\"}}}}");
        Assert.Equal(variables, policy.Statements.Single().Conditions.Single().Values.Single().HasVariables);
    }

    [Theory]
    [InlineData("\"*\"", "Everyone *")]
    [InlineData("{\"AWS\":\"*\"}", "Aws *")]
    [InlineData("{\"AWS\":[\"111122223333\",\"arn:aws:iam::111122223333:role/r\"],\"Service\":\"s3.amazonaws.com\"}", "Aws 111122223333|Aws arn:aws:iam::111122223333:role/r|Service s3.amazonaws.com")]
    [InlineData("{\"Federated\":\"cognito-identity.amazonaws.com\",\"CanonicalUser\":[\"abc\"]}", "Federated cognito-identity.amazonaws.com|CanonicalUser abc")]
    [InlineData("\"arn:aws:iam::111122223333:user/u\"", "Aws arn:aws:iam::111122223333:user/u")]
    [InlineData("{\"AWS\":[]}", "")]
    public void Principal_forms(string value, string expected)
    {
        foreach (string name in new[] { "Principal", "NotPrincipal" })
        {
            PolicyDocument policy = Read("{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"" + name + "\":" + value + "}}");
            Assert.False(policy.HasErrors);
            PrincipalClause? principal = policy.Statements.Single().Principal;
            Assert.NotNull(principal);
            Assert.Equal(name == "NotPrincipal", principal.IsNot);
            Assert.Equal(expected, string.Join("|", principal.Entries.Select(e => $"{e.Kind} {e.Value}")));
        }
    }

    [Fact]
    public void Numbers_and_Booleans_of_conditions_keep_their_characters()
    {
        PolicyDocument policy = Read("""{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":[10.50,-1e3,"7"]},"Bool":{"b":true,"c":[false]}}}}""");
        Assert.Empty(policy.Problems);
        Assert.Equal(["10.50,-1e3,7", "true", "false"], policy.Statements.Single().Conditions.Select(c => string.Join(",", c.Values)));
    }

    [Fact]
    public void Spans_name_the_characters_of_each_element()
    {
        const string Text = """{"Statement":[{"Sid":"a","Effect":"Deny","NotAction":["a:b","c:\u0064"],"NotResource":"*","NotPrincipal":{"AWS":"*"},"Condition":{"Bool":{"k":true}}}]}""";
        PolicyDocument policy = Read(Text);
        Statement statement = policy.Statements.Single();
        Assert.Equal("\"NotAction\"", At(statement.Action.NameSpan));
        Assert.Equal(["\"a:b\"", "\"c:\\u0064\""], statement.Action.Patterns.Select(p => At(p.Span)));
        Assert.Equal("c:d", statement.Action.Patterns[1].Text);
        Assert.Equal("\"NotResource\"", At(statement.Resource!.NameSpan));
        Assert.Equal("\"NotPrincipal\"", At(statement.Principal!.NameSpan));
        Assert.Equal("\"*\"", At(statement.Principal.Entries[0].Span));
        Assert.Equal("\"Bool\"", At(statement.Conditions[0].OperatorSpan));
        Assert.Equal("\"k\"", At(statement.Conditions[0].KeySpan));
        Assert.Equal("true", At(statement.Conditions[0].Values[0].Span));
        Assert.Equal(Text[14..^2], At(statement.Span));

        string At(TextRange span) => Text.Substring(span.Start, span.Length);
    }

    [Fact]
    public void Statements_keep_their_number_when_one_before_cannot_be_read()
    {
        PolicyDocument policy = Read("""{"Statement":[7,{"Effect":"Allow","Action":"*","Resource":"*"}]}""");
        Assert.Equal(1, policy.Statements.Single().Index);
    }

    [Fact]
    public void A_policy_inside_a_larger_document_is_read_at_its_place()
    {
        JsonTree json = JsonTreeReader.Read(new DocumentText("""{"policy":{"Statement":{"Effect":"Allow","Action":"x","Resource":"*"}}}"""));
        Assert.True(json.Root.TryGetProperty("policy", out JsonItem policy));
        Assert.Equal("/policy/Statement/Action", PolicyReader.Read(policy, json.Problems).Problems.Single().Pointer);
    }

    private static PolicyDocument Read(string text) => PolicyReader.Read(new DocumentText(text));
}
