using ProvableSec.Policy;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 5 to 9: condition operators.</summary>
public sealed class ConditionTests
{
    private const string Key = "aws:SourceVpc";

    private static Case If(string op, string values) => Case.If($$$"""{"{{{op}}}":{"aws:SourceVpc":{{{values}}}}}""");

    [Fact]
    public void Line05_OperatorsAndKeysAreAllNeeded()
    {
        Case both = Case.If("""{"StringEquals":{"aws:SourceVpc":"vpc-1","aws:RequestedRegion":"eu-west-1"},"Bool":{"aws:SecureTransport":"true"}}""")
            .Key(Key, "vpc-1").Key("aws:RequestedRegion", "eu-west-1");
        Assert.True(both.Key("aws:SecureTransport", "true").Allowed());
        Assert.False(both.Key("aws:SecureTransport", "false").Allowed());
        Assert.False(both.Allowed());
    }

    [Theory]
    [InlineData("StringEquals", "[\"a\",\"b\"]", "b", true)]
    [InlineData("StringNotEquals", "[\"a\",\"b\"]", "b", false)]
    [InlineData("StringNotEquals", "[\"a\",\"b\"]", "c", true)]
    [InlineData("StringNotLike", "[\"a*\",\"b*\"]", "bx", false)]
    [InlineData("NumericNotEquals", "[\"1\",\"2\"]", "2.0", false)]
    [InlineData("DateNotEquals", "[\"2024\",\"2025\"]", "2025-01-01", false)]
    [InlineData("NotIpAddress", "[\"10.0.0.0/8\",\"192.0.2.0/24\"]", "192.0.2.1", false)]
    [InlineData("ArnNotEquals", "[\"arn:aws:sns:*:*:a\",\"arn:aws:sns:*:*:b\"]", "arn:aws:sns:x:1:b", false)]
    [InlineData("ArnNotLike", "[\"arn:aws:sns:*:*:a\",\"arn:aws:sns:*:*:b\"]", "arn:aws:sns:x:1:c", true)]
    public void Line05_ValuesAreOr_OfANegatedOperatorNor(string op, string values, string value, bool allowed) =>
        Assert.Equal(allowed, If(op, values).Key(Key, value).Allowed());

    [Theory]
    [InlineData("StringEquals", "a")]
    [InlineData("StringLike", "*")]
    [InlineData("StringEqualsIgnoreCase", "a")]
    [InlineData("NumericEquals", "1")]
    [InlineData("NumericLessThan", "1")]
    [InlineData("DateGreaterThan", "2024")]
    [InlineData("Bool", "true")]
    [InlineData("BinaryEquals", "AA==")]
    [InlineData("IpAddress", "0.0.0.0/0")]
    [InlineData("ArnLike", "arn:*:*:*:*:*")]
    public void Line06_AbsentKey_PositiveOperatorIsFalse_IfExistsTrue(string op, string value)
    {
        Assert.False(If(op, $"\"{value}\"").Allowed());
        Assert.True(If(op + "IfExists", $"\"{value}\"").Allowed());
    }

    [Theory]
    [InlineData("StringNotEquals", "a")]
    [InlineData("StringNotLike", "*")]
    [InlineData("StringNotEqualsIgnoreCase", "a")]
    [InlineData("NumericNotEquals", "1")]
    [InlineData("DateNotEquals", "2024")]
    [InlineData("NotIpAddress", "0.0.0.0/0")]
    [InlineData("ArnNotLike", "arn:*:*:*:*:*")]
    [InlineData("ArnNotEquals", "arn:*:*:*:*:*")]
    public void Line06_AbsentKey_NegatedOperatorIsTrue(string op, string value)
    {
        Assert.True(If(op, $"\"{value}\"").Allowed());
        Assert.True(If(op + "IfExists", $"\"{value}\"").Allowed());
    }

    [Fact]
    public void Line06_AbsentKey_NegatedOperatorMatches_DenyStringNotEqualsFires() =>
        Assert.Equal("denied by D at identityPolicies", Case.DeniedIf("""{"StringNotEquals":{"aws:SourceVpc":"vpc-1"}}""").Told());

    [Fact]
    public void Line06_IfExists_ComparesAPresentKey() =>
        Assert.False(If("StringEqualsIfExists", "\"a\"").Key(Key, "b").Allowed());

    [Theory]
    [InlineData("true", false, true)]
    [InlineData("true", true, false)]
    [InlineData("false", false, false)]
    [InlineData("false", true, true)]
    public void Line06_Null_TellsWhetherAKeyIsThere(string value, bool present, bool allowed)
    {
        Case absent = If("Null", $"\"{value}\"");
        Assert.Equal(allowed, (present ? absent.Key(Key, "a") : absent).Allowed());
        if (!present)
        {
            Assert.Equal(allowed, absent.Key(Key).Allowed());
        }
    }

    [Fact]
    public void Line06_Null_TakesNoIfExists() => If("NullIfExists", "\"true\"").Differs(Reading.UnknownOperatorMatches, byDefault: false);

    // The tables of "Single-valued vs. multivalued context keys": request values, policy values a and b.
    [Theory]
    [InlineData("ForAllValues:StringEquals", "a", true)]
    [InlineData("ForAllValues:StringEquals", "a,b", true)]
    [InlineData("ForAllValues:StringEquals", "a,c", false)]
    [InlineData("ForAllValues:StringEquals", "", true)]
    [InlineData("ForAllValues:StringNotEquals", "c", true)]
    [InlineData("ForAllValues:StringNotEquals", "a,c", false)]
    [InlineData("ForAllValues:StringNotEquals", "c,d", true)]
    [InlineData("ForAnyValue:StringEquals", "a,c", true)]
    [InlineData("ForAnyValue:StringEquals", "c,d", false)]
    [InlineData("ForAnyValue:StringEquals", "", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a,c", true)]
    [InlineData("ForAnyValue:StringNotEquals", "a,b", false)]
    [InlineData("ForAnyValue:StringNotEquals", "", false)]
    [InlineData("ForAllValues:StringLike", "a,b", true)]
    [InlineData("ForAnyValue:ArnNotLike", "", false)]
    [InlineData("ForAllValues:StringEqualsIfExists", "", true)]
    [InlineData("ForAllValues:StringEqualsIfExists", "c", false)]
    [InlineData("ForAnyValue:StringEqualsIfExists", "c", false)]
    public void Line07_SetOperators_ByTheirTables(string op, string values, bool allowed)
    {
        Case set = Case.If($$$"""{"{{{op}}}":{"dynamodb:Attributes":["a","b"]}}""");
        Assert.Equal(allowed, (values.Length == 0 ? set : set.Key("dynamodb:Attributes", values.Split(','))).Allowed());
    }

    [Fact]
    public void Line07_SetOperatorOnNull_IsConstant()
    {
        foreach (string value in (string[])["\"true\"", "\"false\"", "[]"])
        {
            Assert.True(If("ForAllValues:Null", value).Allowed());
            Assert.True(If("ForAllValues:Null", value).Key(Key, "a").Allowed());
            Assert.False(If("ForAnyValue:Null", value).Allowed());
            Assert.False(If("ForAnyValue:Null", value).Key(Key, "a").Allowed());
        }
    }

    [Fact]
    public void Reading_ForAllValuesNegatedNeedsKey_AbsentKey()
    {
        If("ForAllValues:StringNotEquals", "\"a\"").Differs(Reading.ForAllValuesNegatedNeedsKey, byDefault: true);
        Assert.True(If("ForAllValues:StringNotEqualsIfExists", "\"a\"").Allowed(Reading.ForAllValuesNegatedNeedsKey));
        Assert.True(If("ForAllValues:StringEquals", "\"a\"").Allowed(Reading.ForAllValuesNegatedNeedsKey));
    }

    [Fact]
    public void Reading_ForAnyValueIfExistsNeedsKey_AbsentKey()
    {
        If("ForAnyValue:StringEqualsIfExists", "\"a\"").Differs(Reading.ForAnyValueIfExistsNeedsKey, byDefault: true);
        If("ForAnyValue:StringNotEqualsIfExists", "\"a\"").Differs(Reading.ForAnyValueIfExistsNeedsKey, byDefault: true);
    }

    [Fact]
    public void Reading_PlainOperatorNeedsEveryValue_KeyWithSeveralValues()
    {
        If("StringEquals", "\"a\"").Key(Key, "a", "b").Differs(Reading.PlainOperatorNeedsEveryValue, byDefault: true);
        foreach (Reading reading in (Reading[])[Reading.None, Reading.PlainOperatorNeedsEveryValue])
        {
            Assert.False(If("StringNotEquals", "\"a\"").Key(Key, "a", "b").Allowed(reading));
            Assert.True(If("StringNotEquals", "\"a\"").Key(Key, "c", "b").Allowed(reading));
            Assert.True(If("StringEquals", "[\"a\",\"b\"]").Key(Key, "a", "b").Allowed(reading));
            Assert.False(If("StringEquals", "\"c\"").Key(Key, "a", "b").Allowed(reading));
        }
    }

    [Fact]
    public void Line08_VariablesInResourceAndStringAndArnValues()
    {
        Case home = Case.With("""{"Sid":"Home","Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}/*"}""");
        Assert.Equal("allowed by Home", home.On("arn:aws:s3:::b/alice/x").Told());
        Assert.Equal("blocked at identityPolicies", home.On("arn:aws:s3:::b/bob/x").Told());
        Assert.True(Case.If("""{"StringEquals":{"aws:ResourceTag/owner":"${aws:username}"}}""").Key("aws:ResourceTag/owner", "alice").Allowed());
        Assert.True(Case.If("""{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:${aws:PrincipalAccount}:*"}}""").Key("aws:SourceArn", "arn:aws:sns:x:111122223333:t")
            .Allowed());
        Assert.True(Case.If("""{"ArnEquals":{"aws:SourceArn":"${aws:PrincipalArn}"}}""").Key("aws:SourceArn", Case.User).Allowed());
    }

    [Fact]
    public void Line08_NoVariablesBeforeTheFifthColonOfAResource() =>
        Assert.False(Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q"}""").On(Case.Queue).Allowed());

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringLike", false)]
    [InlineData("StringNotLike", true)]
    public void Line08_UnresolvedVariable_PositiveFalse_NegatedTrueThoughTheKeyIsThere(string op, bool allowed) =>
        Assert.Equal(allowed, Case.By(Case.Session).Identity(Case.Statement($$$"""{"{{{op}}}":{"aws:SourceVpc":"${aws:username}"}}""")).Key(Key, "vpc-1")
            .Allowed());

    [Fact]
    public void Line08_UnresolvedVariable_ResourceMatchesNothing_NotResourceCovers()
    {
        Assert.False(Case.By(Case.Session).Identity("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::*${aws:username}"}""").Allowed());
        Assert.True(Case.By(Case.Session).Identity("""{"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::*${aws:username}"}""").Allowed());
    }

    [Fact]
    public void Line08_MultivaluedKeyIsNoVariable()
    {
        Assert.False(If("StringEquals", "\"${aws:PrincipalTag/x}\"").Key("aws:PrincipalTag/x", "a", "b").Key(Key, "a").Allowed());
        Assert.False(If("StringEquals", "\"${aws:TagKeys}\"").Key("aws:TagKeys", "a").Key(Key, "a").Allowed());
    }

    [Fact]
    public void Line08_DefaultStandsInForAnAbsentKey()
    {
        Case fallback = Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team, 'company-wide'}/*"}""");
        Assert.True(fallback.On("arn:aws:s3:::b/company-wide/x").Allowed());
        Assert.False(fallback.Key("aws:PrincipalTag/team", "red").On("arn:aws:s3:::b/company-wide/x").Allowed());
        Assert.True(fallback.Key("aws:PrincipalTag/team", "red").On("arn:aws:s3:::b/red/x").Allowed());
    }

    [Fact]
    public void Line08_EscapedCharactersAreLiteral()
    {
        Case star = Case.With("""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${*}${?}${$}x*"}""");
        Assert.True(star.On("arn:aws:s3:::b/*?$xyz").Allowed());
        Assert.False(star.On("arn:aws:s3:::b/aa$xyz").Allowed());
        Assert.True(If("StringLike", "\"a${*}\"").Key(Key, "a*").Allowed());
        Assert.False(If("StringLike", "\"a${*}\"").Key(Key, "ab").Allowed());
    }

    [Fact]
    public void Line08_ValueOfAVariableIsNoPattern()
    {
        Assert.False(If("StringLike", "\"${aws:PrincipalTag/x}\"").Key("aws:PrincipalTag/x", "*").Key(Key, "a").Allowed());
        Assert.True(If("StringLike", "\"${aws:PrincipalTag/x}\"").Key("aws:PrincipalTag/x", "*").Key(Key, "*").Allowed());
        Assert.False(If("StringLike", "\"${aws:PrincipalTag/none, '*'}\"").Key(Key, "a").Allowed());
    }

    [Theory]
    [InlineData("StringEquals")]
    [InlineData("StringEqualsIgnoreCase")]
    [InlineData("StringLike")]
    public void Line08_VariableWithoutValueIsNotTheEmptyText(string op)
    {
        Assert.False(If(op, "\"${aws:PrincipalTag/none}\"").Key(Key, "").Allowed());
        Assert.True(If(op, "\"${aws:PrincipalTag/none, ''}\"").Key(Key, "").Allowed());
    }

    [Theory]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("@[", "`{", false)]
    [InlineData("0", "P", false)]
    public void Line09_CaseIsThatOfLetters(string wanted, string value, bool same)
    {
        Assert.Equal(same, If("StringEqualsIgnoreCase", $"\"{wanted}\"").Key(Key, value).Allowed());
        Assert.Equal(same, If("StringEqualsIgnoreCase", $"\"{value}\"").Key(Key, wanted).Allowed());
    }

    [Fact]
    public void Reading_NoVariablesInBool_VariableOrText() =>
        Case.If("""{"Bool":{"aws:SecureTransport":"${aws:PrincipalTag/tls}"}}""").Key("aws:PrincipalTag/tls", "true").Key("aws:SecureTransport", "true")
            .Differs(Reading.NoVariablesInBool, byDefault: true);

    [Fact]
    public void Reading_UnresolvedVariableVoidsDeny_NegatedOperatorAndNotResource()
    {
        Case.By(Case.Session).Identity(Case.AllowAll, Case.Statement("""{"StringNotEquals":{"aws:SourceVpc":"${aws:username}"}}""", "Deny")).Key(Key, "vpc-1")
            .Differs(Reading.UnresolvedVariableVoidsDeny, byDefault: false);
        Case.By(Case.Session).Identity(Case.AllowAll, """{"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::b/${aws:username}"}""")
            .Differs(Reading.UnresolvedVariableVoidsDeny, byDefault: false);

        // An Allow with the same text is not affected.
        Assert.True(Case.By(Case.Session).Identity(Case.Statement("""{"StringNotEquals":{"aws:SourceVpc":"${aws:username}"}}"""))
            .Allowed(Reading.UnresolvedVariableVoidsDeny));
    }

    [Theory]
    [InlineData("NumericEquals", "1", "1.0", true)]
    [InlineData("NumericEquals", "10", "1", false)]
    [InlineData("NumericEquals", "0", "-0.00", true)]
    [InlineData("NumericEquals", "007", "7", true)]
    [InlineData("NumericLessThan", "10", "9", true)]
    [InlineData("NumericLessThan", "9", "10", false)]
    [InlineData("NumericLessThan", "-9", "-10", true)]
    [InlineData("NumericLessThan", "0.5", "0.49", true)]
    [InlineData("NumericLessThanEquals", "5", "5", true)]
    [InlineData("NumericGreaterThan", "5", "5", false)]
    [InlineData("NumericGreaterThan", "99999999999999999999999999999999999999", "99999999999999999999999999999999999999.1", true)]
    [InlineData("NumericGreaterThanEquals", "5", "5.00", true)]
    [InlineData("NumericNotEquals", "5", "5.00", false)]
    public void Line09_Numeric(string op, string limit, string value, bool allowed) =>
        Assert.Equal(allowed, Case.If($$$"""{"{{{op}}}":{"s3:max-keys":"{{{limit}}}"}}""").Key("s3:max-keys", value).Allowed());

    [Fact]
    public void Line09_NumericValueWrittenAsJsonNumber() =>
        Assert.True(Case.If("""{"NumericLessThanEquals":{"s3:max-keys":10}}""").Key("s3:max-keys", "10").Allowed());

    [Theory]
    [InlineData("DateEquals", "2024", "2024-01-01T00:00:00Z", true)]
    [InlineData("DateEquals", "2024-02", "2024-02-01", true)]
    [InlineData("DateEquals", "2024-02-29T12:00Z", "2024-02-29T13:00:00+01:00", true)]
    [InlineData("DateEquals", "1970-01-01T00:00:00Z", "0", true)]
    [InlineData("DateEquals", "1709208000", "2024-02-29T12:00:00Z", true)]
    [InlineData("DateLessThan", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.49Z", true)]
    [InlineData("DateLessThan", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.50Z", false)]
    [InlineData("DateLessThanEquals", "2024-01-01T00:00:00Z", "2023-12-31T23:59:59-01:00", false)]
    [InlineData("DateGreaterThan", "2024-01-01", "2024-01-01T00:00:01Z", true)]
    [InlineData("DateGreaterThanEquals", "2024-01-01", "2024-01-01T00:00:00Z", true)]
    [InlineData("DateNotEquals", "2024", "2024-01-01", false)]
    [InlineData("DateLessThan", "1969-12-31", "-86401", true)]
    public void Line09_Date(string op, string bound, string value, bool allowed) =>
        Assert.Equal(allowed, Case.If($$$"""{"{{{op}}}":{"aws:CurrentTime":"{{{bound}}}"}}""").Key("aws:CurrentTime", value).Allowed());

    [Theory]
    [InlineData("true", "TRUE", true)]
    [InlineData("false", "true", false)]
    [InlineData("False", "false", true)]
    public void Line09_Bool(string wanted, string value, bool allowed) =>
        Assert.Equal(allowed, Case.If($$$"""{"Bool":{"aws:SecureTransport":"{{{wanted}}}"}}""").Key("aws:SecureTransport", value).Allowed());

    [Theory]
    [InlineData("QUI=", "QUM=", false)]
    [InlineData("QQ==", "Qg==", false)]
    [InlineData("QmluYXJ5VmFsdWU=", "QmluYXJ5VmFsdWU=", true)]
    [InlineData("QmluYXJ5VmFsdWU=", "QmluYXJ5VmFsdWV=", true)]
    [InlineData("QmluYXJ5VmFsdWU=", "qmluYXJ5VmFsdWU=", false)]
    [InlineData("AAAA", "AAA=", false)]
    public void Line09_Binary_ByteForByte(string wanted, string value, bool allowed) =>
        Assert.Equal(allowed, Case.If($$$"""{"BinaryEquals":{"k:b":"{{{wanted}}}"}}""").Key("k:b", value).Allowed());

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.77/24", "203.0.113.1", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.1", "203.0.113.1", true)]
    [InlineData("203.0.113.1", "203.0.113.2", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:DB8:1:2:3:4:5:6", true)]
    [InlineData("2001:db8:1234:5678::/64", "2001:db8:1234:5679::1", false)]
    [InlineData("2001:db8:0:0:0:0:0:1", "2001:db8::1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:c000:201", true)]
    [InlineData("::/0", "::", true)]
    [InlineData("1:2:3:4:5:6:0:8", "1:2:3:4:5:6::8", true)]
    [InlineData("1:0:3:4:5:6:7:8", "1::3:4:5:6:7:8", true)]
    [InlineData("1:2:0:0:5:6:7:8", "1:2::5:6:7:8", true)]
    [InlineData("0:0:0:0:5:6:7:8", "::5:6:7:8", true)]
    [InlineData("1:2:3:0:0:0:0:0", "1:2:3::", true)]
    [InlineData("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7::", true)]
    [InlineData("ffff::/16", "::ffff", false)]
    public void Line09_IpAddress_StrayHostBitsIgnored(string range, string address, bool allowed)
    {
        Assert.Equal(allowed, Case.If($$$"""{"IpAddress":{"aws:SourceIp":"{{{range}}}"}}""").Key("aws:SourceIp", address).Allowed());
        Assert.Equal(!allowed, Case.If($$$"""{"NotIpAddress":{"aws:SourceIp":"{{{range}}}"}}""").Key("aws:SourceIp", address).Allowed());
    }

    [Fact]
    public void Reading_BareIpv6Is32_BareAddress()
    {
        Case bare = Case.If("""{"IpAddress":{"aws:SourceIp":"2001:db8::1"}}""");
        bare.Key("aws:SourceIp", "2001:db8::2").Differs(Reading.BareIpv6Is32, byDefault: false);
        Assert.True(bare.Key("aws:SourceIp", "2001:db8::1").Allowed());
        Assert.False(bare.Key("aws:SourceIp", "2001:db9::1").Allowed(Reading.BareIpv6Is32));
    }

    [Theory]
    [InlineData("NumericNotEquals", "1", "one")]
    [InlineData("NumericNotEquals", "1", "1e3")]
    [InlineData("NumericNotEquals", "one", "1")]
    [InlineData("DateNotEquals", "2024", "yesterday")]
    [InlineData("DateNotEquals", "2024-13-01", "2024")]
    [InlineData("DateNotEquals", "2023-02-29", "2024")]
    [InlineData("DateNotEquals", "2024", "2024-01-01T00:00:00")]
    [InlineData("DateNotEquals", "2024", "2024-01-01T24:00:00Z")]
    [InlineData("NotIpAddress", "10.0.0.0/33", "10.0.0.1")]
    [InlineData("NotIpAddress", "10.0.0.0/8", "10.0.0")]
    [InlineData("NotIpAddress", "10.0.0.0/8", "10.0.0.256")]
    [InlineData("NotIpAddress", "10.0.0.0/8", "10.0.0.01")]
    [InlineData("NotIpAddress", "::/0", "1::2::3")]
    [InlineData("NotIpAddress", "::/0", "1:2:3:4:5:6:7")]
    [InlineData("NotIpAddress", "::/0", "1:2:3:4:5:6:7:8:9")]
    [InlineData("NotIpAddress", "::/0", ":1::")]
    [InlineData("NotIpAddress", "::/0", "1:")]
    [InlineData("NotIpAddress", "*", "10.0.0.1")]
    [InlineData("NotIpAddress", "10.0.0.0/8", "10.0.0.0/8")]
    public void Reading_UnparsableIsFalse_NegatedOperator(string op, string limit, string value) =>
        Case.If($$$"""{"{{{op}}}":{"k:v":"{{{limit}}}"}}""").Key("k:v", value).Differs(Reading.UnparsableIsFalse, byDefault: true);

    [Theory]
    [InlineData("NumericEquals", "one", "one")]
    [InlineData("DateEquals", "never", "never")]
    [InlineData("Bool", "yes", "yes")]
    [InlineData("BinaryEquals", "A", "A")]
    [InlineData("IpAddress", "*", "*")]
    public void Line09_UnparsableValue_PositiveOperatorIsFalseEitherWay(string op, string limit, string value)
    {
        Case same = Case.If($$$"""{"{{{op}}}":{"k:v":"{{{limit}}}"}}""").Key("k:v", value);
        Assert.False(same.Allowed());
        Assert.False(same.Allowed(Reading.UnparsableIsFalse));
    }
}
