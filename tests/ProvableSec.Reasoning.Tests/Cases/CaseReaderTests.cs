using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Cases;

public sealed class CaseReaderTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""";
    private const string Request = """{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""";

    private static CaseReading Read(string text, PolicyLoader? loader = null) =>
        new CaseReader(loader ?? new PolicyLoader()).Read(JsonTreeReader.Read(new DocumentText(text, "cases.ndjson", new LinePosition(7, 1))));

    private static AccessCase Good(string text)
    {
        CaseReading reading = Read(text);
        Assert.Empty(reading.Problems);
        return reading.Case!;
    }

    private static PolicyProblem Bad(string text)
    {
        CaseReading reading = Read(text);
        Assert.Null(reading.Case);
        return Assert.Single(reading.Problems, problem => problem.IsError);
    }

    [Fact]
    public void A_request_alone_is_a_case()
    {
        AccessCase read = Good($$"""{"request":{{Request}}}""");
        Assert.Null(read.Id);
        Assert.Null(read.ExpectAllow);
        Assert.Equal(PolicyStack.Empty, read.Stack);
        Assert.Equal(PrincipalKind.User, read.Request.Principal.Kind);
        Assert.Equal("s3:GetObject", read.Request.Action);
        Assert.Equal("arn:aws:s3:::b/k", read.Request.Resource);
        Assert.Null(read.Request.ResourceAccount);
        Assert.Empty(read.Request.Context);
    }

    [Fact]
    public void Every_member_is_read()
    {
        AccessCase read = Good($$"""
            {"id":"c1","identityPolicies":[{{Policy}}],"permissionsBoundary":{{Policy}},"sessionPolicies":[{{Policy}},{{Policy}}],
             "resourcePolicy":{{Policy}},"vpcEndpointPolicies":[{{Policy}}],
             "serviceControlPolicies":[[{{Policy}}],[]],"resourceControlPolicies":[[]],
             "organization":{"id":"o-1","managementAccount":"999988887777","accounts":{"111122223333":"o-1/r-1/ou-1/"} },
             "account":"111122223333",
             "request":{"principal":"arn:aws:sts::111122223333:assumed-role/r/s","principalType":"assumed-role","action":"s3:GetObject",
                        "resource":"*","resourceAccount":"444455556666","context":{"aws:SourceIp":"203.0.113.9"} },
             "expected":"deny"}
            """);
        Assert.Equal("\"c1\"", read.Id);
        Assert.False(read.ExpectAllow);
        Assert.Single(read.Stack.IdentityPolicies!.Value);
        Assert.NotNull(read.Stack.PermissionsBoundary);
        Assert.Equal(2, read.Stack.SessionPolicies!.Value.Length);
        Assert.NotNull(read.Stack.ResourcePolicy);
        Assert.Single(read.Stack.VpcEndpointPolicies);
        Assert.Equal([1, 0], read.Stack.ServiceControlPolicies!.Value.Select(level => level.Length));
        Assert.Equal([0], read.Stack.ResourceControlPolicies!.Value.Select(level => level.Length));
        Assert.Equal("o-1/r-1/ou-1/", read.Stack.Organization!.Accounts["111122223333"]);
        Assert.Equal("999988887777", read.Stack.Organization.ManagementAccount);
        Assert.Equal("111122223333", read.Stack.Account);
        Assert.Equal("444455556666", read.Request.ResourceAccount);
        Assert.Equal("aws:sourceip", Assert.Single(read.Request.Context).FoldedKey);
    }

    [Fact]
    public void Null_and_empty_lists_are_told_apart()
    {
        AccessCase none = Good($$"""{"identityPolicies":null,"sessionPolicies":null,"serviceControlPolicies":null,"resourceControlPolicies":null,"permissionsBoundary":null,"resourcePolicy":null,"vpcEndpointPolicies":null,"organization":null,"expected":null,"request":{{Request}}}""");
        Assert.Equal(PolicyStack.Empty with { HasNoResourcePolicy = true }, none.Stack);
        AccessCase empty = Good($$"""{"sessionPolicies":[],"serviceControlPolicies":[],"request":{{Request}}}""");
        Assert.Empty(empty.Stack.SessionPolicies!.Value);
        Assert.Empty(empty.Stack.ServiceControlPolicies!.Value);
        Assert.False(empty.Stack.HasNoResourcePolicy);
    }

    [Fact]
    public void Context_values_keep_their_text()
    {
        AccessCase read = Good("""
            {"request":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/k",
              "context":{"a:s":"x","a:n":1.50,"a:b":true,"a:l":["x",2,false],"a:absent":null,"a:none":[],"aws:RequestTag/Team":"1","aws:RequestTag/team":"2"} } }
            """);
        Assert.Equal(
            ["a:s=x", "a:n=1.50", "a:b=true", "a:l=x,2,false", "a:absent=", "a:none=", "aws:RequestTag/Team=1", "aws:RequestTag/team=2"],
            read.Request.Context.Select(entry => $"{entry.Key}={string.Join(",", entry.Values)}"));
        Assert.Equal(read.Request.Context[6].FoldedKey, read.Request.Context[7].FoldedKey);
    }

    [Theory]
    [InlineData("\"k\"", "\"k\"")]
    [InlineData("17", "17")]
    [InlineData("null", null)]
    [InlineData("\"a\\u00e9\\n\"", "\"a\\u00e9\\n\"")]
    public void The_id_is_kept_as_json(string written, string? read) =>
        Assert.Equal(read, Good($$"""{"id":{{written}},"request":{{Request}}}""").Id);

    [Theory]
    [InlineData("""{"principal":"nobody","action":"s3:GetObject","resource":"*"}""", ProblemCode.InvalidArn, "/request/principal")]
    [InlineData("""{"principal":"*","principalType":"user","action":"s3:GetObject","resource":"*"}""", ProblemCode.InvalidArn, "/request/principal")]
    [InlineData("""{"principal":"*","principalType":"person","action":"s3:GetObject","resource":"*"}""", ProblemCode.InvalidValue, "/request/principalType")]
    [InlineData("""{"action":"s3:GetObject","resource":"*"}""", ProblemCode.MissingElement, "/request")]
    [InlineData("""{"principal":"*","resource":"*"}""", ProblemCode.MissingElement, "/request")]
    [InlineData("""{"principal":"*","action":"s3:GetObject"}""", ProblemCode.MissingElement, "/request")]
    [InlineData("""{"principal":"*","action":"*","resource":"*"}""", ProblemCode.InvalidAction, "/request/action")]
    [InlineData("""{"principal":"*","action":"s3:Get*","resource":"*"}""", ProblemCode.InvalidAction, "/request/action")]
    [InlineData("""{"principal":"*","action":"GetObject","resource":"*"}""", ProblemCode.InvalidAction, "/request/action")]
    [InlineData("""{"principal":"*","action":"s3:Get Object","resource":"*"}""", ProblemCode.InvalidAction, "/request/action")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"bucket/key"}""", ProblemCode.InvalidArn, "/request/resource")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:b"}""", ProblemCode.InvalidArn, "/request/resource")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":["*"]}""", ProblemCode.WrongType, "/request/resource")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"*","resourceAccount":"12"}""", ProblemCode.InvalidValue, "/request/resourceAccount")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"*","context":{"a:b":{}}}""", ProblemCode.WrongType, "/request/context/a:b")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"*","context":{"a:b":[null]}}""", ProblemCode.WrongType, "/request/context/a:b/0")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"*","context":[]}""", ProblemCode.WrongType, "/request/context")]
    [InlineData("[]", ProblemCode.WrongType, "/request")]
    public void A_broken_request_is_a_located_problem(string request, ProblemCode code, string pointer)
    {
        PolicyProblem problem = Bad($$"""{"request":{{request}}}""");
        Assert.Equal((code, pointer, 7, "cases.ndjson"), (problem.Code, problem.Pointer, problem.Position.Line, problem.File));
        Assert.True(problem.Position.Column > 1);
    }

    [Theory]
    [InlineData("\"identityPolicies\":{}", ProblemCode.WrongType, "/identityPolicies")]
    [InlineData("\"identityPolicies\":[null]", ProblemCode.WrongType, "/identityPolicies/0")]
    [InlineData("\"serviceControlPolicies\":[{}]", ProblemCode.WrongType, "/serviceControlPolicies/0")]
    [InlineData("\"organization\":{\"accounts\":{\"1\":\"p\"}}", ProblemCode.InvalidValue, "/organization/accounts/1")]
    [InlineData("\"organization\":{\"managmentAccount\":\"111122223333\"}", ProblemCode.UnknownElement, "/organization/managmentAccount")]
    [InlineData("\"account\":111122223333", ProblemCode.WrongType, "/account")]
    [InlineData("\"expected\":\"maybe\"", ProblemCode.InvalidValue, "/expected")]
    [InlineData("\"id\":{}", ProblemCode.WrongType, "/id")]
    [InlineData("\"identityPolicies\":[\"{\\\"Statement\\\":[]}\"]", ProblemCode.WrongType, "/identityPolicies/0")]
    [InlineData("\"identityPolicies\":[\"a.json\"]", ProblemCode.WrongType, "/identityPolicies/0")]
    public void A_broken_stack_is_a_located_problem(string member, ProblemCode code, string pointer)
    {
        PolicyProblem problem = Bad($$"""{"request":{{Request}},{{member}}}""");
        Assert.Equal((code, pointer), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void A_case_without_request_says_so() =>
        Assert.Equal(ProblemCode.MissingElement, Bad("""{"id":"a"}""").Code);

    [Fact]
    public void All_problems_of_a_policy_are_told_with_their_place_in_the_case()
    {
        CaseReading reading = Read($$"""{"id":3,"request":{{Request}},"identityPolicies":[{{Policy}},{"Statement":[{"Effect":"allow","Action":"s3","Resource":"*"}]}]}""");
        Assert.Null(reading.Case);
        Assert.Equal("3", reading.Id);
        Assert.Equal(
            ["/identityPolicies/1/Statement/0/Effect", "/identityPolicies/1/Statement/0/Action"],
            reading.Problems.Select(problem => problem.Pointer));
        Assert.All(reading.Problems, problem => Assert.Equal((7, "cases.ndjson"), (problem.Position.Line, problem.File)));
    }

    [Fact]
    public void The_column_of_a_problem_in_a_policy_is_that_of_the_line()
    {
        string text = $$"""{"request":{{Request}},"resourcePolicy":{"Statement":{"Effect":"Alow","Principal":"*","Action":"*","Resource":"*"} } }""";
        Assert.Equal(text.IndexOf("\"Alow\"", StringComparison.Ordinal) + 1, Bad(text).Position.Column);
    }

    [Theory]
    [InlineData("requests", "request")]
    [InlineData("identityPolicy", null)]
    [InlineData("identityPolicie", "identityPolicies")]
    [InlineData("serviceControlPolicys", "serviceControlPolicies")]
    [InlineData("ID", "id")]
    [InlineData("expcted", "expected")]
    [InlineData("smt2", null)]
    [InlineData("v", null)]
    [InlineData("ok", null)]
    [InlineData("question", null)]
    public void An_unknown_member_is_an_error_only_when_it_looks_like_a_known_one(string name, string? meant)
    {
        CaseReading reading = Read($$"""{"request":{{Request}},"{{name}}":1}""");
        PolicyProblem problem = Assert.Single(reading.Problems);
        Assert.Equal("/" + name, problem.Pointer);
        if (meant is null)
        {
            Assert.False(problem.IsError);
            Assert.Equal(problem, Assert.Single(reading.Case!.Warnings));
        }
        else
        {
            Assert.True(problem.IsError);
            Assert.Contains($"did you mean \"{meant}\"?", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bare_principal_is_a_warning()
    {
        CaseReading reading = Read($$"""{"request":{{Request}},"resourcePolicy":{"Statement":{"Effect":"Allow","Principal":"111122223333","Action":"*","Resource":"*"} } }""");
        PolicyProblem warning = Assert.Single(reading.Case!.Warnings);
        Assert.Equal((ProblemCode.BarePrincipal, "/resourcePolicy/Statement/Principal"), (warning.Code, warning.Pointer));
    }

    [Fact]
    public void Broken_json_is_reported_alone_and_the_id_still_found()
    {
        CaseReading reading = Read("""{"id":"c\t1","request":{"principal": }""");
        Assert.Null(reading.Case);
        Assert.Equal("\"c\\t1\"", reading.Id);
        Assert.All(reading.Problems, problem => Assert.Equal(ProblemCode.InvalidJson, problem.Code));
    }

    [Fact]
    public void A_key_twice_inside_a_policy_is_told_once()
    {
        PolicyProblem problem = Bad($$"""{"request":{{Request}},"resourcePolicy":{"Statement":[],"Statement":[]} }""");
        Assert.Equal(ProblemCode.DuplicateKey, problem.Code);
    }

    [Fact]
    public void Policies_come_from_paths_through_the_source()
    {
        var source = new Source(path => (PolicyReader.Read(new DocumentText(Policy, path)), null));
        CaseReading reading = Read($$"""{"request":{{Request}},"serviceControlPolicies":[["scp/a.json"]]}""", new PolicyLoader(source));
        Assert.Equal("scp/a.json", reading.Case!.Stack.ServiceControlPolicies!.Value[0][0].Source.Name);
    }

    [Fact]
    public void A_missing_file_is_told_where_it_is_named()
    {
        var source = new Source(path => (null, new PolicyProblem(ProblemCode.UnreadableFile, "there is no file " + path, default, "", default, path)));
        CaseReading reading = Read($$"""{"request":{{Request}},"permissionsBoundary":"b.json"}""", new PolicyLoader(source));
        PolicyProblem problem = Assert.Single(reading.Problems);
        Assert.Equal(("cases.ndjson", "/permissionsBoundary", "there is no file b.json"), (problem.File, problem.Pointer, problem.Message));
    }

    [Fact]
    public void A_file_with_errors_is_told_in_the_file()
    {
        var source = new Source(path => (PolicyReader.Read(new DocumentText("\n{\"Statement\":3}", path)), null));
        CaseReading reading = Read($$"""{"request":{{Request}},"permissionsBoundary":"b.json"}""", new PolicyLoader(source));
        Assert.Null(reading.Case);
        PolicyProblem problem = Assert.Single(reading.Problems);
        Assert.Equal(("b.json", "/Statement", 2), (problem.File, problem.Pointer, problem.Position.Line));
    }

    [Fact]
    public void Other_objects_read_their_stack_members_with_the_same_reader()
    {
        var problems = new CaseProblems();
        var reader = new StackReader(new PolicyLoader(), problems);
        var others = new List<string>();
        foreach (JsonMember property in JsonTreeReader.Read(new DocumentText(
            $$"""{"question":"can","identityPolicies":[{{Policy}}],"forbidden":{},"account":"111122223333"}""")).Root.Properties())
        {
            if (!reader.TryReadMember(property))
            {
                others.Add(property.Name);
            }
        }

        Assert.Equal(["question", "forbidden"], others);
        Assert.Single(reader.Stack.IdentityPolicies!.Value);
        Assert.Equal("111122223333", reader.Stack.Account);
        Assert.False(problems.HasErrors);
    }

    private sealed class Source(Func<string, (PolicyDocument?, PolicyProblem?)> load) : IPolicySource
    {
        public PolicyDocument? Load(string path, out PolicyProblem? problem)
        {
            (PolicyDocument? document, problem) = load(path);
            return document;
        }
    }
}
