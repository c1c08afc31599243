using System.Text;
using System.Text.Json;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>One value, however the format that it stands in spells it: the same findings, with the same fingerprints, at the place in the file.</summary>
public sealed class SpellingTests
{
    private static readonly Fresh Any = new(20260102);
    private static readonly string Id = Any.AccessKeyId(), Secret = Any.SecretKeyWithSigns(), Token = Any.SessionToken(), Password = Any.Password();
    private static readonly string Pair = $"export AWS_ACCESS_KEY_ID={Id}\nexport AWS_SECRET_ACCESS_KEY={Secret}\n";
    private static readonly string Escaped = Secret.Replace("+", "\\u002B", StringComparison.Ordinal), Json = $"{{\"SecretAccessKey\":\"{Secret}\"}}";
    private const string Dashes = "-----", Esc = "\u001b";

    private static readonly (string Name, string Text, string Rules)[] Spellings =
    [
        ("JSON, plus", $"{{\"SecretKey\": \"{Escaped}\"}}", "PSEC1003"),
        ("JSON, slash", $"{{\"SecretKey\": \"{Secret.Replace("/", "\\/", StringComparison.Ordinal)}\"}}", "PSEC1003"),
        ("JSON in JSON", JsonSerializer.Serialize(new { x = JsonSerializer.Serialize(new { AccessKeyId = Id, SecretAccessKey = Secret }) }), "PSEC1001"),
        ("JSON, every character", $"{{\"SecretKey\": \"{string.Concat(Secret.Select(c => $"\\u{(int)c:x4}"))}\"}}", "PSEC1003"),
        ("JSON, ID with a letter", $"\"\\u0041{Id[1..]}\"", "PSEC1002"),
        ("C#, hex", $"var secretKey = \"{Secret.Replace("+", "\\x2B", StringComparison.Ordinal)}\";", "PSEC1003"),
        ("XML, hex", $"<add key=\"AWSSecretKey\" value=\"{Secret.Replace("+", "&#x2B;", StringComparison.Ordinal)}\"/>", "PSEC1003"),
        ("XML, decimal", $"<add key=\"AWSSecretKey\" value=\"{Secret.Replace("/", "&#47;", StringComparison.Ordinal)}\"/>", "PSEC1003"),
        ("JSON in XML", $"<param value=\"{Json.Replace("\"", "&quot;", StringComparison.Ordinal)}\"/>", "PSEC1003"),
        ("URI", $"CELERY_BROKER_URL=sqs://{Id}:{Uri.EscapeDataString(Secret)}@\n", "PSEC1001"),
        ("URI, small letters", $"s3://{Id}:{Secret.Replace("+", "%2b", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal)}@bucket",
            "PSEC1001"),
        ("URI twice", $"u=s3%3A//{Id}%3A{Uri.EscapeDataString(Uri.EscapeDataString(Secret))}@bucket", "PSEC1001"),
        ("JSON in a URI", $"?body={Uri.EscapeDataString(Json)}", "PSEC1003"),
        ("colors", $"login {Esc}[32m{Id}{Esc}[0m {Esc}[1;31m{Secret}{Esc}[0m\n", "PSEC1001"),
        ("colors, as JSON writes them", $"{{\"line\":\"{"\\u001b"}[32m{Id}{"\\u001b"}[0m {"\\u001b"}[31m{Secret}{"\\u001b"}[0m\"}}", "PSEC1001"),
        ("colors, as shells write them", $"echo -e '\\e[32m{Id}\\033[0m'", "PSEC1002"),
        ("joined", $"var id = \"{Id[..9]}\" + \"{Id[9..]}\";\nvar secretKey = \"{Secret[..20]}\"\n    + \"{Secret[20..]}\";", "PSEC1001"),
        ("joined in Visual Basic", $"Dim secretKey = \"{Secret[..20]}\" & _\n    \"{Secret[20..]}\"", "PSEC1003"),
        ("joined connection string", $"\"Host=db.abc.eu-west-1.rds.amazonaws.com;\" +\n  \"Username=app;\" +\n  \"Password={Password}\"", "PSEC1010"),
        ("goes on in the next line", $"AWS_SECRET_ACCESS_KEY={Secret[..20]}\\\n{Secret[20..]}\n", "PSEC1003"),
        ("Base64 of an ID", $"data:\n  id: {Wrapped(Id)}\n", "PSEC1002"),
        ("Base64 in a Secret", $"kind: Secret\ndata:\n  AWS_ACCESS_KEY_ID: {Wrapped(Id)}\n  AWS_SECRET_ACCESS_KEY: {Wrapped(Secret)}\n", "PSEC1001"),
        ("Base64 of a secret with its name", $"AWS_SECRET_ACCESS_KEY: {Wrapped(Secret + "\n")}\n", "PSEC1003"),
        ("Base64 of a secret alone", $"x: {Wrapped(Secret)}\n", "PSEC1004"),
        ("Base64 of a script", $"{{\"UserData\":\"{Wrapped("#!/bin/bash\n" + Pair)}\"}}", "PSEC1001"),
        ("Base64 of lines", $"UserData: |\n{Lines(Wrapped("#!/bin/bash\n# " + new string('x', 100) + "\n" + Pair), "  ")}", "PSEC1001"),
        ("Base64 of UTF-16", $"powershell -EncodedCommand {Convert.ToBase64String(Encoding.Unicode.GetBytes(Pair))}", "PSEC1001"),
        ("Base64 in code", $"Convert.FromBase64String(\"{Wrapped(Json)}\")", "PSEC1003"),
        ("Base64 in Base64", $"x={Wrapped($"data: {Wrapped(Pair)}\n")}", "PSEC1001"),
        ("Base64 of a token", $"AWS_SESSION_TOKEN: {Wrapped(Token)}", "PSEC1005"),
        ("Base64 of a connection string", $"MAIN: {Wrapped($"Host=db.abc.eu-west-1.rds.amazonaws.com;Password={Password}")}", "PSEC1010"),
        ("kubeconfig", $"client-key-data: {Wrapped($"{Dashes}BEGIN RSA PRIVATE KEY{Dashes}\n{Any.PrivateKeyBody()}\n{Dashes}END RSA PRIVATE KEY{Dashes}\n")}",
            "PSEC1009"),
        ("PEM as an array", $"[ \"{Dashes}BEGIN PRIVATE KEY{Dashes}\",\n  \"{Any.PrivateKeyBody().Replace("\n", "\",\n  \"", StringComparison.Ordinal)}\" ]",
            "PSEC1009"),
        ("PEM with line ends of .NET",
            $"\"{Dashes}BEGIN PRIVATE KEY{Dashes}\" + Environment.NewLine +\n\"{Any.PrivateKeyBody().Replace("\n", "\" + Environment.NewLine + \"", StringComparison.Ordinal)}\"", "PSEC1009"),

        ("harmless: a printf", "printf(\"%2f and %2d\", x, y); a && b; c &amp; d", ""),
        ("harmless: joined words", "\"TheNameOfAVeryLong\" + \"ResourceInTheApplication\"", ""),
        ("harmless: Base64 of a hash", $"x: {Wrapped(Any.Hex(40))}", ""),
        ("harmless: Base64 of text", $"x: {Wrapped("the quick brown fox jumps over the lazy dog, again and again")}", ""),
        ("harmless: part of a longer value", $"sig = \"{Secret}\\u002B{Any.Characters(30)}\"", ""),
        ("harmless: placeholder in XML", "<add value=\"Server=db.abc.eu-west-1.rds.amazonaws.com;Password=&lt;password&gt;\"/>", ""),
    ];

    public static TheoryData<string> Names() => [.. Spellings.Select(spelling => spelling.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_spelling_gives_its_findings_and_no_other(string name)
    {
        (string _, string text, string rules) = Spellings.Single(spelling => spelling.Name == name);
        Assert.Equal(rules, Scan.Ids(text));
        Assert.Equal(rules, Scan.Ids(text.ReplaceLineEndings("\r\n")));
        foreach (var finding in Scan.Text(text))
        {
            Assert.InRange(finding.Start, 0, text.Length);
            Assert.True(finding.Length == 0 || text.Substring(finding.Start, finding.Length) == Id);
        }
    }

    /// <summary>What is joined or undone before a value does not move it.</summary>
    [Theory]
    [InlineData("var a = \"oneLongWordAndAnother\" +\n            \"TwoLongWordsAndOthers\"; ")]
    [InlineData("// \u001b[31m a color\nvar a = \"oneLongWordAndAnother\" +\n            \"TwoLongWordsAndOthers\";\n// &quot;x&quot;\n")]
    [InlineData("\"\\u002B\" \"oneLongWordAndAnother\" + \"TwoLongWordsAndOthers\" \\/ \\/")]
    public void A_value_behind_what_is_undone_is_where_it_stands(string before)
    {
        string text = $"{before}secretKey = \"{Secret}\"; var b = \"oneLongWordAndAnother\" + \"TwoLongWordsAndOthers\"; ID = \"{Id}\" ";
        CredentialFinding found = Assert.Single(Scan.Text(text));
        Assert.Equal(text.IndexOf(Id, StringComparison.Ordinal), found.Start);
        Assert.Equal(text.IndexOf(Secret, StringComparison.Ordinal), Scan.Text(text.Replace(Id, "", StringComparison.Ordinal))[0].Start);
    }

    [Theory]
    [InlineData("a.py", "ID = \"{0}\" \"{1}\"\n", "PSEC1002")]
    [InlineData("a.py", "secret_key = ('{2}'\n    '{3}')\n", "PSEC1003")]
    [InlineData("a.py", "secret_key = \"{2}\" \\\n    r'{3}'\n", "PSEC1003")]
    [InlineData("a.c", "static const char *secret_key =\n    \"{2}\"\n    \"{3}\";\n", "PSEC1003")]
    [InlineData("a.hpp", "auto secret_key = L\"{2}\" L\"{3}\";", "PSEC1003")]
    [InlineData("a.py", "dsn = (\"host=db.abc.eu-west-1.rds.amazonaws.com \"\n       \"user=app password=\" \"{4}\")\n", "PSEC1010")]
    // A list has commas; and in other languages nothing is joined.
    [InlineData("a.py", "ids = [\"{0}\", \"{1}\"]\n", "")]
    [InlineData("a.py", "'{0}' + x + '{1}'\n", "")]
    [InlineData("a.md", "\"{0}\" \"{1}\"\n", "")]
    public void Literals_beside_each_other_are_joined_where_the_language_does(string path, string format, string rules)
    {
        string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Id[..9], Id[9..], Secret[..19], Secret[19..], Password);
        Assert.Equal(rules, Scan.Ids(text, path));
        Assert.Equal(rules, Scan.Ids(text.ReplaceLineEndings("\r\n"), path));
    }

    /// <summary>What is allowed once is allowed in every spelling.</summary>
    [Theory]
    [InlineData("JSON, plus")]
    [InlineData("JSON, every character")]
    [InlineData("XML, hex")]
    [InlineData("goes on in the next line")]
    [InlineData("Base64 of a secret with its name")]
    public void The_fingerprint_is_that_of_the_value(string name) =>
        Assert.Equal(Scan.Text($"secret_access_key={Secret}")[0].Fingerprint,
            Assert.Single(Scan.Text(Spellings.Single(spelling => spelling.Name == name).Text)).Fingerprint);

    [Theory]
    [InlineData("é\n\\u002F x \\u002F\nsecret_key: ", "")]
    [InlineData("", "\n\\u002F\n")]
    [InlineData("&quot;&quot;%2F%2F\u001b[0m\u001b[0m", "")]
    public void The_place_is_that_in_the_file(string before, string after)
    {
        string text = before + Id + after;
        Assert.Equal(Encoding.UTF8.GetByteCount(before), Assert.Single(Scan.Text(text), finding => finding.Rule == CredentialRules.AccessKeyId).Start);
    }

    private static string Wrapped(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(string text, string indent) => string.Concat(text.Chunk(64).Select(line => indent + new string(line) + "\n"));
}
