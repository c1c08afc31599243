using System.Text;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Code and files that are made to be slow or deep for the compiler: they are analyzed as any other, and what is not looked at is said.</summary>
public sealed class HostileCodeTests
{
    private const string Policy = "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"s3:GetObjekt\\\",\\\"Resource\\\":\\\"*\\\"}]}";

    /// <summary>Each was followed to its uses through the whole method, which was bound anew for it: ten thousand took two minutes.</summary>
    [Theory]
    [InlineData("class C {{ void M() {{ {0} }} void Use(string s) {{ }} }}", "var p{0} = \"{1}\"; Use(p{0});")]
    [InlineData("class C {{ {0} }}", "public const string P{0} = \"{1}\";")]
    [InlineData("class C {{ static void Use(string s) {{ }} {0} }}", "static readonly string P{0} = \"{1}\"; static void M{0}() => Use(P{0});")]
    public void ManyPoliciesInAFileAreChecked(string file, string one)
    {
        string[] found =
            Compiled.Diagnostics(
            ("a.cs", string.Format(null, file, string.Join("\n", Enumerable.Range(0, 1500).Select(i => string.Format(null, one, i, Policy))))));
        Assert.Equal(1500, found.Count(line => line.Contains(" PSEC3005: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void PolicyThatManyNamesTakeIsCheckedOnce()
    {
        var code = new StringBuilder($"class C {{ void M() {{ var p = \"{Policy}\"; string q = p;\n");
        for (int i = 0; i < 1000; i++)
        {
            code.Append($"string q{i} = p; q = q{i}; p = q;\n");
        }

        string[] found = Compiled.Diagnostics(("a.cs", code.Append("} }").ToString()));
        Assert.Single(found, line => line.Contains(" PSEC3005: ", StringComparison.Ordinal));
    }

    /// <summary>Without a principal it is an identity policy by its content, and a broken one for a bucket.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void PolicyIsFollowedThroughThreeNames(int names, bool isFollowed)
    {
        string handedOn = string.Concat(Enumerable.Range(1, names - 1).Select(i => $"string p{i} = p{i - 1};\n"));
        string[] found = Compiled.Diagnostics(("a.cs", $"class C {{ object M() {{ string p0 = \"{Policy}\";\n{handedOn}return new Amazon.S3.Model.PutBucketPolicyRequest {{ BucketName = \"b\", Policy = p{names - 1} }}; }} }}"));
        Assert.Equal(isFollowed, found.Any(line => line.Contains("Principal", StringComparison.Ordinal)));
    }

    [Fact]
    public void LongSumIsRead()
    {
        string sum = string.Join(" + ", Enumerable.Repeat("\"\\\"s3:GetObject\\\",\"", 3000));
        string[] found = Compiled.Diagnostics(("a.cs", $"class C {{ string M(string more) => \"{{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{{\\\"Effect\\\":\\\"Deny\\\",\\\"Action\\\":[\" + {sum} + more + \"\\\"s3:GetObjekt\\\"],\\\"Resource\\\":\\\"*\\\"}}]}}\"; }}"));
        Assert.DoesNotContain(found, line => line.Contains("AD0001", StringComparison.Ordinal));
    }

    /// <summary>What holds itself ended the compiler; what holds another twice doubled with each line.</summary>
    [Theory]
    [InlineData("static object A => new { Effect = \"Allow\", Action = \"*\", Statement = A };", "")]
    [InlineData("static string[] A => [.. A, \"x\"]; object B = new { Version = \"2012-10-17\", Statement = new[] { new { Effect = \"Allow\", Action = A, Resource = \"*\" } } };", "")]
    [InlineData("class Deed { public string Effect { get; set; } = \"Allow\"; public string Action { get; set; } = \"*\"; public Deed Statement { get; set; } = new Deed(); public Deed More { get; set; } = new Deed(); } object B = new Deed();", "")]
    [InlineData("void M() { var o = new Dictionary<string, object>(); o[\"Effect\"] = \"Allow\"; o[\"Action\"] = \"*\"; o[\"Statement\"] = o; {0} o[\"Other\"] = o; }", "o[\"S{0}\"] = o; ")]
    [InlineData("void M() { var l = new List<object>(); l.Add(new { Effect = \"Allow\", Action = \"*\", Resource = \"*\" }); {0} object p = new { Version = \"2012-10-17\", Statement = l }; }", "l.AddRange(l); ")]
    [InlineData("void M() { object a0 = \"*\"; {0} object p = new { Version = \"2012-10-17\", Statement = new { Effect = \"Allow\", Action = a40, Resource = \"*\" } }; }", "object a{1} = new { X = a{0}, Y = a{0} }; ")]
    [InlineData("void M() { var l = l; object p = new { Version = \"2012-10-17\", Statement = l, Effect = \"Allow\", Action = \"*\" }; }", "")]
    [InlineData("void M() { var s = s; object p = new Amazon.Auth.AccessControlPolicy.Policy().WithStatements(s); string t = \"Statement Effect Action\"; }", "")]
    public void ValueThatHoldsItselfIsNotFollowedForever(string code, string line)
    {
        string lines =
            string.Concat(Enumerable.Range(0, 40).Select(i => line.Replace("{0}", $"{i}", StringComparison.Ordinal)
            .Replace("{1}", $"{i + 1}", StringComparison.Ordinal)));
        string[] found =
            Compiled.DiagnosticsOfBroken($"using System.Collections.Generic;\nclass C {{ {code.Replace("{0}", lines, StringComparison.Ordinal)} }}");
        Assert.DoesNotContain(found, diagnostic => diagnostic.Contains("AD0001", StringComparison.Ordinal));
    }

    [Fact]
    public void FileThatIsTooLongIsTold()
    {
        string policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
        string[] found = Compiled.Diagnostics(("a.cs", "class C { }"), ("policy.json", policy + new string(' ', 1 << 20)));
        Assert.Contains("policy.json(1,1): warning PSEC3407: no policy of this file is checked in the build: it has", Assert.Single(found),
            StringComparison.Ordinal);
        Assert.Empty(Compiled.Diagnostics(("a.cs", "class C { }"), ("policy.json", policy)));
    }
}
