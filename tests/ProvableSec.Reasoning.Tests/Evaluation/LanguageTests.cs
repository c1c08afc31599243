using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 1 to 4 and 10: what the elements of a statement match.</summary>
public sealed class LanguageTests
{
    private static bool Covers(string pattern, string resource, Reading readings = Reading.None) =>
        Case.With($$$"""{"Effect":"Allow","Action":"*","Resource":"{{{pattern}}}"}""").On(resource).OwnedBy(Case.Account).Allowed(readings);

    [Theory]
    [InlineData("S3:getobject")]
    [InlineData("s3:GET*")]
    [InlineData("s3:?etObject")]
    [InlineData("*")]
    [InlineData("*:*Object")]
    public void Line01_ActionPatternsFoldCase(string action) =>
        Assert.Equal("allowed by A", Case.With($$$"""{"Sid":"A","Effect":"Allow","Action":"{{{action}}}","Resource":"*"}""").Told());

    [Theory]
    [InlineData("s3:GetObject?")]
    [InlineData("s3:Get")]
    [InlineData("s3:GetObjectAcl")]
    public void Line01_ActionPatternsAreWhole(string action) =>
        Assert.Equal("blocked at identityPolicies", Case.With($$$"""{"Sid":"A","Effect":"Allow","Action":"{{{action}}}","Resource":"*"}""").Told());

    [Theory]
    [InlineData("x-y.z:Do_It-0189azAZ.")]
    [InlineData("*:*_it-0189*.")]
    [InlineData("?-?.?:*")]
    public void Line01_ActionsHaveDigitsAndSigns(string action) =>
        Assert.Equal("allowed by A", Case.With($$$"""{"Sid":"A","Effect":"Allow","Action":"{{{action}}}","Resource":"*"}""").Does("x-y.z:Do_It-0189AZaz.")
            .Told());

    [Fact]
    public void Line01_KeyNamesFoldCase_AlsoInVariables()
    {
        Assert.True(Case.If("""{"StringEquals":{"AWS:SOURCEVPC":"vpc-1"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());
        Assert.True(Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${AWS:UserName}"}""").On("arn:aws:s3:::b/alice").Allowed());
    }

    [Fact]
    public void Line01_StringValuesKeepCase_IgnoreCaseFoldsThem()
    {
        Assert.False(Case.If("""{"StringEquals":{"aws:SourceVpc":"VPC-1"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());
        Assert.False(Case.If("""{"StringLike":{"aws:SourceVpc":"VPC*"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());
        Assert.True(Case.If("""{"StringEqualsIgnoreCase":{"aws:SourceVpc":"VPC-1"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());
        Assert.False(Case.If("""{"StringNotEqualsIgnoreCase":{"aws:SourceVpc":"VPC-1"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());
    }

    [Fact]
    public void Line01_TagKeyFoldsAsKey_NotAsValueOfTagKeys()
    {
        Assert.True(Case.If("""{"StringEquals":{"aws:ResourceTag/TEAM":"a"}}""").Key("aws:ResourceTag/team", "a").Allowed());
        Assert.False(Case.If("""{"ForAllValues:StringEquals":{"aws:TagKeys":"TEAM"}}""").Key("aws:TagKeys", "team").Allowed());
    }

    [Fact]
    public void Line01_ResourcesKeepCase() => Assert.False(Covers("arn:aws:s3:::B/k", Case.Object));

    [Fact]
    public void Reading_LastOfCaseVariantTags_FirstOrLastTagIsTested()
    {
        Case tagged = Case.If("""{"StringEquals":{"aws:ResourceTag/team":"a"}}""").Key("aws:ResourceTag/Team", "a").Key("aws:ResourceTag/team", "b");
        tagged.Differs(Reading.LastOfCaseVariantTags, byDefault: true);
    }

    /// <summary>U+212A is a capital k to whoever folds case by Unicode.</summary>
    public static TheoryData<string, string> ImpossibleActions() => new()
    {
        { "s3:GetObject ", "s3:GetObject" },
        { " s3:*", "s3:GetObject" },
        { "s3:Get* ", "s3:GetObject" },
        { "s3:Get\\tObject", "s3:GetObject" },
        { "s3:GetObject\\n", "s3:GetObject" },
        { "s3:GetObject,s3:PutObject", "s3:PutObject" },
        { "s3:*,s3:*", "s3:PutObject" },
        { "s3:Get\u212Aey", "s3:GetKey" },
        { "\u212Ams:*", "kms:Decrypt" },
        { "s3:*\u00E9*", "s3:GetObject" },
    };

    [Theory]
    [MemberData(nameof(ImpossibleActions))]
    public void Line23_ActionWithACharacterThatNoActionHas_MatchesNothing(string pattern, string action)
    {
        Assert.False(Case.With($$"""{"Effect":"Allow","Action":["iam:GetUser","{{pattern}}"],"Resource":"*"}""").Does(action).Allowed());
        Assert.True(Case.With($$"""{"Effect":"Allow","Action":["{{action}}","{{pattern}}"],"Resource":"*"}""").Does(action).Allowed());
        Assert.True(Case.By(Case.User).Identity(Case.AllowAll, $$"""{"Effect":"Deny","Action":"{{pattern}}","Resource":"*"}""").Does(action).Allowed());
    }

    [Theory]
    [MemberData(nameof(ImpossibleActions))]
    public void Line23_InNotAction_ItExcludesNothing(string pattern, string action) =>
        Assert.True(Case.With($$"""{"Effect":"Allow","NotAction":"{{pattern}}","Resource":"*"}""").Does(action).Allowed());

    [Fact]
    public void Line02_OneItemOrArray()
    {
        Assert.Equal("allowed by A", Case.With("""{"Sid":"A","Effect":"Allow","Action":["sqs:*","s3:GetObject"],"Resource":["arn:aws:s3:::x","arn:aws:s3:::b/*"]}""").Told());
        Assert.Equal("allowed by A", Case.By(Case.User).Identity("""{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""").Told());
        Assert.True(Case.If("""{"StringEquals":{"aws:SourceVpc":["vpc-1","vpc-2"]}}""").Key("aws:SourceVpc", "vpc-2").Allowed());
    }

    [Fact]
    public void Line02_EffectKeepsCase() =>
        Assert.True(PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}""")).HasErrors);

    [Theory]
    [InlineData("")]
    [InlineData("\"Version\":\"2008-10-17\",")]
    public void Line02_WithoutVersion2012_VariablesAreText(string version)
    {
        Case literal = Case.By(Case.User).Identity($$$"""{ {{{version}}}"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}"}}""");
        Assert.False(literal.On("arn:aws:s3:::b/alice").Allowed());
        Assert.True(literal.On("arn:aws:s3:::b/${aws:username}").Allowed());
    }

    [Theory]
    [InlineData(""" "Action":[],"Resource":"*" """)]
    [InlineData(""" "NotAction":[],"Resource":"*" """)]
    [InlineData(""" "Action":"*","Resource":[] """)]
    [InlineData(""" "Action":"*","NotResource":[] """)]
    public void Line02_EmptyList_StatementHasNoEffect(string elements)
    {
        Assert.Equal("blocked at identityPolicies", Case.With($$$"""{"Sid":"A","Effect":"Allow",{{{elements}}}}""").Told());
        Assert.Equal("allowed by All", Case.By(Case.User).Identity(Case.AllowAll, $$$"""{"Sid":"D","Effect":"Deny",{{{elements}}}}""").Told());
    }

    [Theory]
    [InlineData("Principal")]
    [InlineData("NotPrincipal")]
    public void Line02_EmptyPrincipalList_StatementHasNoEffect(string element) =>
        Assert.Equal("blocked at resourcePolicy", Case.By(Case.Anonymous)
            .Resource($$$"""{"Effect":"Allow","{{{element}}}":{"AWS":[]},"Action":"*","Resource":"*"}""").Told());

    [Theory]
    [InlineData("ForAllValues:StringEquals")]
    [InlineData("ForAllValues:StringNotEquals")]
    [InlineData("StringEqualsIfExists")]
    [InlineData("StringNotEqualsIfExists")]
    public void Line02_EmptyValues_ForAllValuesAndIfExistsMatchOnlyAnAbsentKey(string op)
    {
        Case empty = Case.If($$$"""{"{{{op}}}":{"aws:SourceVpc":[]}}""");
        Assert.True(empty.Allowed());
        Assert.False(empty.Key("aws:SourceVpc", "vpc-1").Allowed());
    }

    [Theory]
    [InlineData("ForAnyValue:StringEquals")]
    [InlineData("ForAnyValue:StringNotEquals")]
    public void Line02_EmptyValues_ForAnyValueNeverMatches(string op)
    {
        Case empty = Case.If($$$"""{"{{{op}}}":{"aws:SourceVpc":[]}}""");
        Assert.False(empty.Allowed());
        Assert.False(empty.Key("aws:SourceVpc", "vpc-1").Allowed());
    }

    [Fact]
    public void Reading_EmptyValuesFlip_PlainOperatorWithoutValues()
    {
        Case.If("""{"StringEquals":{"aws:SourceVpc":[]}}""").Key("aws:SourceVpc", "vpc-1").Differs(Reading.EmptyValuesFlip, byDefault: false);
        Case.If("""{"StringNotEquals":{"aws:SourceVpc":[]}}""").Key("aws:SourceVpc", "vpc-1").Differs(Reading.EmptyValuesFlip, byDefault: true);
        Case.If("""{"StringEquals":{"aws:SourceVpc":[]}}""").Differs(Reading.EmptyValuesFlip, byDefault: false);
        Case.If("""{"Null":{"aws:SourceVpc":[]}}""").Differs(Reading.EmptyValuesFlip, byDefault: false);
    }

    [Fact]
    public void Line02_SameKeyTwiceInOneBlock_IsAnError() => Assert.True(PolicyReader.Read(new DocumentText(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpc":"a","AWS:sourcevpc":"b"}}}}""")).HasErrors);

    [Fact]
    public void Reading_UnknownOperatorMatches_OperatorAwsDoesNotPublish()
    {
        Case.If("""{"StringMatches":{"aws:SourceVpc":"vpc-1"}}""").Key("aws:SourceVpc", "vpc-1").Differs(Reading.UnknownOperatorMatches, byDefault: false);
        Case.DeniedIf("""{"StringMatches":{"aws:SourceVpc":"vpc-1"}}""").Differs(Reading.UnknownOperatorMatches, byDefault: true);
    }

    [Theory]
    [InlineData("arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y/z", true)]
    [InlineData("arn:aws:s3:::b/*/z", "arn:aws:s3:::b/x/y/z", true)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/x", true)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b/", false)]
    [InlineData("arn:aws:s3:::b/?", "arn:aws:s3:::b//", true)]
    [InlineData("arn:aws:s3:::b", "arn:aws:s3:::b/k", false)]
    [InlineData("*", "arn:aws:s3:::b/k", true)]
    [InlineData("*", "*", true)]
    [InlineData("arn:aws:s3:::*", "*", false)]
    public void Line03_ResourceWildcardsSpanSlashes(string pattern, string resource, bool covers) => Assert.Equal(covers, Covers(pattern, resource));

    [Theory]
    [InlineData("arn:aws:sqs:eu-*:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", true)]
    [InlineData("arn:aws:logs:*:log-group:g", "arn:aws:logs:eu-west-1:111122223333:log-group:g", true)]
    [InlineData("arn:aws:logs:e*:g:*:*", "arn:aws:logs:eu-west-1:111122223333:log-group:g:x:y", true)]
    [InlineData("arn:aws:logs:e*1:111122223333:log-group:g", "arn:aws:logs:eu-west-1:111122223333:log-group:g", true)]
    [InlineData("arn:aws:logs:e*3:log-group:g:x", "arn:aws:logs:eu-west-1:111122223333:log-group:g:x", false)]
    [InlineData("arn:aws:logs:eu-west-1?111122223333:log-group:g:x", "arn:aws:logs:eu-west-1:111122223333:log-group:g:x", false)]
    [InlineData("arn:aws:logs:eu-west-1:111122223333:log-group?g", "arn:aws:logs:eu-west-1:111122223333:log-group:g", false)]
    public void Line03_StarThatEndsASegmentCrossesColons_InnerStarAndMarkDoNot(string pattern, string resource, bool covers) =>
        Assert.Equal(covers, Covers(pattern, resource, Reading.None));

    [Theory]
    [InlineData("StringEquals", "vpc-*", false)]
    [InlineData("StringLike", "vpc-*", true)]
    [InlineData("StringNotEquals", "vpc-*", true)]
    public void Line03_WildcardsAreLiteralInStringEquals(string op, string value, bool allowed) =>
        Assert.Equal(allowed, Case.If($$$"""{"{{{op}}}":{"aws:SourceVpc":"{{{value}}}"}}""").Key("aws:SourceVpc", "vpc-1").Allowed());

    [Theory]
    [InlineData("*", true)]
    [InlineData("arn:aws:iam::111122223333:user/*", false)]
    [InlineData("arn:aws:iam::*:root", false)]
    public void Line03_PrincipalTakesAWholeStarOnly(string principal, bool allowed) => Assert.Equal(
        allowed,
        Case.By(Case.User).Resource($$$"""{"Effect":"Allow","Principal":{"AWS":"{{{principal}}}"},"Action":"*","Resource":"*"}""").Allowed());

    [Theory]
    [InlineData("execute-api:/*", true)]
    [InlineData("execute-api:/prod/GET/pets", true)]
    [InlineData("execute-api:/prod/*/pet?", true)]
    [InlineData("execute-api:/*/GET/*", true)]
    [InlineData("execute-api:/prod/GET/${aws:PrincipalTag/path}", true)]
    [InlineData("execute-api:/dev/*", false)]
    [InlineData("execute-api:/GET/pets", false)]
    [InlineData("execute-api:/prod/GET", false)]
    [InlineData("execute-api:/Prod/*", false)]
    public void Line22_ExecuteApi_StandsForTheApisOwnArn(string resource, bool matches)
    {
        Case call = Case.By(Case.Anonymous).Key("aws:PrincipalTag/path", "pets")
            .Does("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/pets");
        string Statement(string effect, string name) => $$$"""{"Effect":"{{{effect}}}","Principal":"*","Action":"execute-api:Invoke","{{{name}}}":"{{{resource}}}"}""";
        const string all = """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""";
        Assert.Equal(matches, call.Resource(Statement("Allow", "Resource")).Allowed());
        Assert.Equal(!matches, call.Resource(all, Statement("Deny", "Resource")).Allowed());
        Assert.Equal(!matches, call.Resource(Statement("Allow", "NotResource")).Allowed());
        Assert.Equal(Reading.None, call.Resource(Statement("Allow", "Resource")).Decide().ReadingsUsed);
    }

    [Theory]
    [InlineData("arn:aws:execute-api:eu-west-1:111122223333:a1b2c3")]
    [InlineData("arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/dev/GET/prod/GET/pets")]
    [InlineData("arn:aws:s3:::b/prod/GET/pets")]
    [InlineData("*")]
    public void Line22_ExecuteApi_StandsForNothingElse(string resource) =>
        Assert.False(Case.By(Case.Anonymous).Does("execute-api:Invoke", resource)
            .Resource("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"execute-api:/prod/GET/pets"}""").Allowed());

    [Fact]
    public void Reading_InnerStarStopsAtColon_SixthField()
    {
        Case inner = Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:logs:eu-west-1:111122223333:log-*x"}""");
        inner.On("arn:aws:logs:eu-west-1:111122223333:log-group:g:x").Differs(Reading.InnerStarStopsAtColon, byDefault: true);
        Assert.Equal(Reading.None, inner.On("arn:aws:logs:eu-west-1:111122223333:log-groupx").Decide().ReadingsUsed);
    }

    [Fact]
    public void Reading_NoWildcardInServiceField_ResourceAndArnPatterns()
    {
        Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s*:::b/k"}""").Differs(Reading.NoWildcardInServiceField, byDefault: true);
        Case.If("""{"ArnLike":{"aws:SourceArn":"arn:aws:?ns:*:*:t"}}""").Key("aws:SourceArn", "arn:aws:sns:eu-west-1:111122223333:t")
            .Differs(Reading.NoWildcardInServiceField, byDefault: true);
    }

    [Fact]
    public void Reading_ShortArnMatchesNothing_FewerThanSixFields()
    {
        Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3*"}""").Differs(Reading.ShortArnMatchesNothing, byDefault: true);
        Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3"}""").Differs(Reading.ShortArnMatchesNothing, byDefault: true);
        Case.If("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333"}}""").Differs(Reading.ShortArnMatchesNothing, byDefault: true);
        Assert.True(Case.With(Case.AllowAll).Allowed(Reading.ShortArnMatchesNothing));
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:user/*", true)]
    [InlineData("arn:aws:iam:*:user/team/alice", false)]
    [InlineData("arn:aws:iam:*:*:user/team/alice", true)]
    [InlineData("arn:aws:iam::1111*:user/*/alice", true)]
    [InlineData("arn:aws:iam::111122223333:User/*", false)]
    public void Line04_ArnLikeComparesFieldByField(string pattern, bool allowed)
    {
        foreach (string op in (string[])["ArnLike", "ArnEquals"])
        {
            Assert.Equal(allowed, Case.If($$$"""{"{{{op}}}":{"aws:PrincipalArn":"{{{pattern}}}"}}""").Allowed());
        }
    }

    [Fact]
    public void Line04_SamePatternMatchesAsResourceAndStringLike_NotAsArnLike()
    {
        const string pattern = "arn:aws:logs:*:log-group:g", arn = "arn:aws:logs:eu-west-1:111122223333:log-group:g";
        Assert.True(Covers(pattern, arn));
        Assert.True(Case.If($$$"""{"StringLike":{"aws:SourceArn":"{{{pattern}}}"}}""").Key("aws:SourceArn", arn).Allowed());
        Assert.False(Case.If($$$"""{"ArnLike":{"aws:SourceArn":"{{{pattern}}}"}}""").Key("aws:SourceArn", arn).Allowed());
    }

    [Fact]
    public void Line04_ValueThatIsNoArnMatchesNoArnPattern()
    {
        Assert.False(Case.If("""{"ArnLike":{"aws:SourceArn":"*"}}""").Key("aws:SourceArn", "topic").Allowed());
        Assert.True(Case.If("""{"ArnNotLike":{"aws:SourceArn":"*"}}""").Key("aws:SourceArn", "topic").Allowed());
    }

    [Fact]
    public void Line10_NotActionAndNotResource_WithEitherEffect()
    {
        Assert.Equal("allowed by A", Case.With("""{"Sid":"A","Effect":"Allow","NotAction":"iam:*","Resource":"*"}""").Told());
        Assert.Equal("blocked at identityPolicies", Case.With("""{"Sid":"A","Effect":"Allow","NotAction":["iam:*","s3:Get*"],"Resource":"*"}""").Told());
        Assert.Equal("allowed by A", Case.With("""{"Sid":"A","Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::c/*"}""").Told());
        Assert.Equal("denied by D at identityPolicies", Case.By(Case.User)
            .Identity(Case.AllowAll, """{"Sid":"D","Effect":"Deny","NotAction":"iam:*","NotResource":"arn:aws:s3:::c/*"}""").Told());
    }

    [Fact]
    public void Line10_AllowNotPrincipal_CoversEveryoneElse_AnonymousToo()
    {
        const string policy = """{"Sid":"A","Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/team/alice"},"Action":"*","Resource":"*"}""";
        Assert.Equal("allowed by A", Case.By(Case.Anonymous).Resource(policy).Told());
        Assert.Equal("blocked at identityPolicies, resourcePolicy", Case.By(Case.User).Resource(policy).Told());
    }

    [Theory]
    [InlineData(Case.User, "\"111122223333\",\"arn:aws:iam::111122223333:user/team/alice\"")]
    [InlineData(Case.Session, "\"arn:aws:iam::111122223333:root\",\"arn:aws:iam::111122223333:role/reader\",\"arn:aws:sts::111122223333:assumed-role/reader/s1\"")]
    [InlineData(Case.Root, "\"111122223333\"")]
    public void Line10_DenyNotPrincipal_ExemptsWhoIsListedInFull(string principal, string listed)
    {
        Case exempt = Case.By(principal).Identity(Case.AllowAll).Resource($$$"""{"Sid":"D","Effect":"Deny","NotPrincipal":{"AWS":[{{{listed}}}]},"Action":"*","Resource":"*"}""");
        Assert.Equal(Reading.None, exempt.Decide().ReadingsUsed);
        Assert.True(exempt.Allowed());
    }

    [Fact]
    public void Line10_DenyNotPrincipal_DeniesOthers_AndWhoeverHasABoundary()
    {
        const string deny = """{"Sid":"D","Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/team/alice"]},"Action":"*","Resource":"*"}""";
        Assert.Equal("denied by D at resourcePolicy", Case.By("arn:aws:iam::111122220000:user/x").OwnedBy("111122220000").Identity(Case.AllowAll).Resource(deny)
            .Told());
        Assert.Equal("denied by D at resourcePolicy", Case.By(Case.User).Identity(Case.AllowAll).Boundary(Case.AllowAll).Resource(deny).Told());
    }

    [Fact]
    public void Reading_PartialNotPrincipalExempts_AccountOrRoleAlone()
    {
        foreach (string listed in (string[])["\"111122223333\"", "\"arn:aws:iam::111122223333:role/reader\"",
            "\"111122223333\",\"arn:aws:iam::111122223333:role/reader\""])
        {
            Case.By(Case.Session).Identity(Case.AllowAll)
                .Resource($$$"""{"Sid":"D","Effect":"Deny","NotPrincipal":{"AWS":[{{{listed}}}]},"Action":"*","Resource":"*"}""")
                .Differs(Reading.PartialNotPrincipalExempts, byDefault: false);
        }
    }
}
