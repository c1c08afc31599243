using System.Text;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>
/// What may stand at each seam of a credential: every character of ASCII is tried at the place of the mark, and those with which it is found are listed.
/// </summary>
public sealed class NeighborTests
{
    private const char Mark = '\u00a4';
    private const int Ascii = 128;
    private const string Host = "db.abc.eu-west-1.rds.amazonaws.com";
    private static readonly Fresh Any = new(20260106);

    /// <summary>What a template's words stand for.</summary>
    private static readonly (string Word, string Value)[] Words =
    [
        ("ID", Any.AccessKeyId()), ("SECRET", Any.SecretKeyWithSigns()), ("PASS", Any.Password()), ("HOST", Host), ("BODY", Any.PrivateKeyBody()),
        ("TOKEN", Any.Hex(32)), ("KEY", Any.Characters(43).Replace('/', '_').Replace('+', '-')), ("LONG", Any.Characters(300)), ("DASHES", "-----"),
        ("HALF", Any.SecretKeyWithSigns()[..20]),
    ];

    [Theory]
    [InlineData("PSEC1002", "k ¤{ID} k", "all but capitals letters digits _")]
    [InlineData("PSEC1002", "k {ID}¤ k", "all but capitals letters digits _")]
    [InlineData("PSEC1002", "k \n¤{ID} k", "all but capitals letters digits _")]
    [InlineData("PSEC1002", "k %2¤{ID} k", "all but G H I J K L M N O P Q R S T U V W X Y Z _ g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("PSEC1002", "k %¤0{ID} k", "0 1 2 4 6 8 9 A B C D E F a b c d e f")]
    [InlineData("PSEC1002", "k \\¤{ID} k", "all but capitals digits _ a b c d e f g h i j k l m o p q s u v w x y z")]
    [InlineData("PSEC1002", "¤{ID}", "all but capitals letters digits _")]
    [InlineData("PSEC1002", "{ID}¤", "all but capitals letters digits _")]
    [InlineData("PSEC1004", "k = ¤{SECRET} k", "tab LF CR space \" ' ( ) , : ; < = > \\ `")]
    [InlineData("PSEC1004", "k = {SECRET}¤ k", "tab LF CR space \" ' ( ) , : ; < > \\ `")]
    [InlineData("PSEC1004", "k = {SECRET}¤", "tab LF CR space \" ' ( ) , : ; < > \\ `")]
    [InlineData("PSEC1003", "secret_key¤{SECRET}", "controls tab LF CR space ! \" # $ % & ' ( ) * , - . : ; < = > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1003", "secret_key =¤{SECRET}", "controls tab LF CR space ! \" # $ % & ' ( ) * , - . : ; < = > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1003", "secret¤key = {SECRET}", "all but capitals letters digits LF")]
    [InlineData("PSEC1003", "¤secret_key = {SECRET}", "all")]
    [InlineData("PSEC1003", "secret_key¤= {SECRET}", "all")]
    [InlineData("PSEC1003", "secret_key = {SECRET}¤x", "controls tab LF CR space ! \" # $ % & ' ( ) * , - . : ; < > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1001", "{ID}¤{SECRET}", "controls tab LF CR space ! \" # $ % & ' ( ) * , - . : ; < = > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1018", "MasterUserPassword¤\"{PASS}\"", ": =")]
    [InlineData("PSEC1018", "MasterUserPassword: ¤{PASS}", "all but LF CR ! \" $ % ' ( ) * , ; < [ { }")]
    [InlineData("PSEC1018", "MasterUserPassword: \"{PASS}¤\n", "\"")]
    [InlineData("PSEC1018", "MasterUserPassword: \"¤{PASS}\"", "all but LF CR space ! \" $ % * < [ {")]
    [InlineData("PSEC1018", "MasterUserPassword: \"{PASS}¤\"", "all but LF CR space \\")]
    [InlineData("PSEC1018", "MasterUserPassword=¤{PASS}", "all but LF CR ! \" $ % ' ( ) * , ; < [ { }")]
    [InlineData("PSEC1018", "MasterUserPassword={PASS}¤", "all but ( ) , ; < }")]
    [InlineData("PSEC1018", "MasterUserPassword: {PASS}¤x", "all but CR space \" ' ( ) , ; < }")]
    [InlineData("PSEC1018", "¤MasterUserPassword={PASS}", "tab LF CR space - _")]
    [InlineData("PSEC1018", "x¤MasterUserPassword={PASS}", "LF CR .")]
    [InlineData("PSEC1018", "MasterUserPassword>¤{PASS}<", "all but space ! $ % * < [ {")]
    [InlineData("PSEC1018", "MasterUserPassword>{PASS}¤", "<")]
    [InlineData("PSEC1018", "Master¤UserPassword: \"{PASS}\"", "- _")]
    [InlineData("PSEC1018", "{\"value\":¤\"{PASS}\", \"name\": \"MasterUserPassword\"}", "tab space ]")]
    [InlineData("PSEC1018", "{\"value\": \"{PASS}\"¤\"name\": \"MasterUserPassword\"}", "all but { }")]
    [InlineData("PSEC1018", "{\"name¤ \"MasterUserPassword\", \"value\": \"{PASS}\"}",
        "controls tab LF CR space ! \" # $ % & ' ( ) * + - . / : ; < = > ? @ [ \\ ] ^ ` | ~")]
    [InlineData("PSEC1018", "name=MasterUserPassword¤value=\"{PASS}\"", "controls tab LF CR space ! \" # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ ` | ~")]
    [InlineData("PSEC1018", "--master-user-password¤{PASS}", "tab space , =")]
    [InlineData("PSEC1018", "--master-user-password {PASS}¤x", "all")]
    [InlineData("PSEC1018", "--master-user-password ¤{PASS}", "all but LF CR ! $ % ) * - ; < [ \\ ` {")]
    [InlineData("PSEC1018", "--master-user-password \"{PASS}¤", "all but space")]
    [InlineData("PSEC1018", "-¤master-user-password {PASS}", "-")]
    [InlineData("PSEC1018", "[\"--master-user-password\"¤\"{PASS}\"]", "space ,")]
    [InlineData("PSEC1011", "HSM_PASSWORD¤{PASS}", ", : =")]
    [InlineData("PSEC1011", "HSM_PASSWORD=¤{PASS}", "all but LF CR ! \" $ % ' ( ) * ; < [ ` {")]
    [InlineData("PSEC1011", "HSM_PASSWORD={PASS}¤x", "all but ( ) ; \\ `")]
    [InlineData("PSEC1011", "HSM_PASSWORD: ¤{PASS}", "all but LF CR ! \" $ % ' ( ) * ; < [ ` {")]
    [InlineData("PSEC1011", "HSM_PASSWORD: {PASS}¤", "all but \" ( ) ; \\ `")]
    [InlineData("PSEC1011", "\"HSM_PASSWORD\"¤\"{PASS}\"", ", : =")]
    [InlineData("PSEC1011", "\"HSM_PASSWORD\", \"{PASS}\"¤", "tab LF CR space ) ] }")]
    [InlineData("PSEC1011", "\"HSM_PASSWORD\": \"{PASS}¤", "\" '")]
    [InlineData("PSEC1011", "¤ENV HSM_PASSWORD {PASS}", "tab LF CR space")]
    [InlineData("PSEC1011", "ENV¤HSM_PASSWORD {PASS}", "space")]
    [InlineData("PSEC1011", "ENV HSM_PASSWORD¤{PASS}", "tab space , : =")]
    [InlineData("PSEC1011", "loginHSM¤CU user {PASS}", "space")]
    [InlineData("PSEC1011", "loginHSM CU user¤{PASS}", "space")]
    [InlineData("PSEC1011", "loginHSM CU user {PASS}¤x", "all")]
    [InlineData("PSEC1011", "loginHSM -u CU -s user -p¤{PASS}", "space")]
    [InlineData("PSEC1011", "loginHSM -u CU -s user -p ¤{PASS}", "all but LF CR ! $ % * < [ {")]
    [InlineData("PSEC1011", "loginHSM -u CU -s user -p {PASS}¤x", "all")]
    [InlineData("PSEC1011", "loginHSM -u CU¤-p {PASS}", "space")]
    [InlineData("PSEC1011", "login --username u --role crypto-user --password¤{PASS}", "tab space , =")]
    [InlineData("PSEC1011", "login --username u --role crypto-user¤--password {PASS}", "all but LF")]
    [InlineData("PSEC1010", "mysql -h {HOST} -p¤{PASS}", "all but tab LF CR space ! $ % ) * , - ; < > [ ` { |")]
    [InlineData("PSEC1010", "mysql -h {HOST}¤-p{PASS}", "tab CR space \" ' , [ `")]
    [InlineData("PSEC1010", "¤mysql -h {HOST} -p{PASS}", "controls tab LF CR space ! \" # $ % & ' ( ) * + , / ; < = > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1010", "mysql -h {HOST} -p{PASS}¤x", "all")]
    [InlineData("PSEC1010", "mysql -h ¤{HOST} -p{PASS}", "all but LF ; |")]
    [InlineData("PSEC1010", "mysql -h {HOST} --password¤{PASS}", "tab CR space \" ' , = [ `")]
    [InlineData("PSEC1010", "mysql -h {HOST} --password=¤{PASS}", "all but LF ! $ % ) * - ; < > { |")]
    [InlineData("PSEC1010", "mysql¤-h {HOST} -p{PASS}", "all but LF ; |")]
    [InlineData("PSEC1010", "mongosh --host {HOST} -p¤{PASS}", "all but LF ! $ % ) * - ; < > { |")]
    [InlineData("PSEC1010", "mysql -p{PASS} \\¤\n -h {HOST}", "LF CR \\")]
    [InlineData("PSEC1010", "Host={HOST};Password=¤{PASS}", "all but LF CR ! \" $ % & ' * ; < > [ ` {")]
    [InlineData("PSEC1010", "Host={HOST};Password={PASS}¤x", "all")]
    [InlineData("PSEC1010", "Host={HOST}¤Password={PASS}", "LF CR space & , ; = ?")]
    [InlineData("PSEC1010", "Host={HOST};Password¤{PASS}", "=")]
    [InlineData("PSEC1010", "Host={HOST};¤Password={PASS}", "LF CR space & , ; = ?")]
    [InlineData("PSEC1010", "Host=¤{HOST};Password={PASS}", "all")]
    [InlineData("PSEC1010", "¤Host={HOST};Password={PASS}", "all")]
    [InlineData("PSEC1010", "postgres://app:{PASS}¤{HOST}/x", "@")]
    [InlineData("PSEC1010", "postgres://app¤{PASS}@{HOST}/x", ":")]
    [InlineData("PSEC1010", "postgres:/¤app:{PASS}@{HOST}/x", "/")]
    [InlineData("PSEC1010", "postgres://app:¤{PASS}@{HOST}/x", "all but LF CR ! \" $ % ' * < > [ ` {")]
    [InlineData("PSEC1010", "postgres://app:{PASS}¤x@{HOST}/x", "all but LF CR \" ' < > `")]
    [InlineData("PSEC1010", "x¤postgres://app:{PASS}@{HOST}/x", "all")]
    [InlineData("PSEC1010", "{ \"Host\": \"{HOST}\"¤\"Password\": \"{PASS}\" }", "all")]
    [InlineData("PSEC1010", "{ \"Host\": \"{HOST}\", \"Password\"¤\"{PASS}\" }", ": =")]
    [InlineData("PSEC1010", "DB_HOST={HOST}\nDB_PASSWORD¤{PASS}", ": =")]
    [InlineData("PSEC1010", "DB_HOST={HOST}\n¤DB_PASSWORD={PASS}", "all but controls ! # $ % & ) * + , . / : ; < = > ? @ [ \\ ] ^ { | } ~")]
    [InlineData("PSEC1010", "DB_HOST={HOST}\nDB_PASSWORD={PASS}¤x", "all but ( ) ;")]
    [InlineData("PSEC1010", "PGPASSWORD={PASS}¤psql -h {HOST}", "all but ( ) ;")]
    [InlineData("PSEC1010", "¤PGPASSWORD={PASS} psql -h {HOST}", "capitals digits tab LF CR space ( _")]
    [InlineData("PSEC1009", "{DASHES}BEGIN PRIVATE KEY{DASHES}¤{BODY}", "all but controls ! # % * - : < = ? [ ] ^ ` { | } ~")]
    [InlineData("PSEC1009", "{DASHES}BEGIN PRIVATE KEY{DASHES}\\n¤{BODY}", "all but controls ! # % * - : < = ? [ ] ^ _ ` { | } ~")]
    [InlineData("PSEC1009", "{DASHES}BEGIN PRIVATE KEY{DASHES}\" ¤ NewLine + \"{BODY}", "tab LF CR space \" $ & ' ( ) + , . ; > @ N R \\ n r")]
    [InlineData("PSEC1009", "{DASHES}BEGIN¤PRIVATE KEY{DASHES}\n{BODY}", "space")]
    [InlineData("PSEC1009", "{DASHES}BEGIN PRIVATE KEY{DASHES}\nx¤n{BODY}", "capitals letters digits + /")]
    [InlineData("PSEC1009", "{\"kty\": \"oct\", \"k\"¤\"{KEY}\"}", ": =")]
    [InlineData("PSEC1009", "{\"kty¤: \"oct\", \"k\": \"{KEY}\"}", "\" \\")]
    [InlineData("PSEC1009", "{\"kty\": \"oct\", ¤k\": \"{KEY}\"}", "\"")]
    [InlineData("PSEC1009", "{\"kty\": \"oct\", \"k¤: \"{KEY}\"}", "\" \\")]
    [InlineData("PSEC1009", "{\"kty\": \"oct\"¤ \"k\": \"{KEY}\"}", "all but { }")]
    [InlineData("PSEC1009", "{\"kty\": \"oct\", \"k\": \"{KEY}¤{KEY}\"}",
        "all but controls tab LF CR space ! # $ % & ' ( ) * , . : ; < > ? @ [ \\ ] ^ ` { | } ~")]
    [InlineData("PSEC1019", "new NetworkCredential(user,¤\"{PASS}\")", "tab LF CR space @")]
    [InlineData("PSEC1019", "new NetworkCredential(user, \"{PASS}\"¤)", "tab LF CR space ) ,")]
    [InlineData("PSEC1019", "new NetworkCredential(user, \"{PASS}\"¤", ") ,")]
    [InlineData("PSEC1019", "new NetworkCredential(user, \"{PASS}¤\")", "all but space \" \\")]
    [InlineData("PSEC1019", "new ¤NetworkCredential(user, \"{PASS}\")", ".")]
    [InlineData("PSEC1019", "new System.Net¤NetworkCredential(user, \"{PASS}\")", ".")]
    [InlineData("PSEC1019", "new NetworkCredential(f¤x, \"{PASS}\")", "all but \" ( ) , [ ] { }")]
    [InlineData("PSEC1018", "elasticache auth_token¤\"{TOKEN}\"", ": =")]
    [InlineData("PSEC1018", "elasticache auth¤token = \"{TOKEN}\"", "- _")]
    [InlineData("PSEC1018", "elasticache auth_token¤= \"{TOKEN}\"", "tab space \" ' \\ ]")]
    [InlineData("PSEC1018", "elasticache auth_token = \"{TOKEN}¤", "\"")]
    [InlineData("PSEC1018", "elasticache --auth-token¤{TOKEN}", "tab space , =")]
    [InlineData("PSEC1018", "aws secretsmanager create-secret --secret-string¤{PASS}", "tab space , =")]
    [InlineData("PSEC1018", "aws secretsmanager create-secret --secret-string ¤{PASS}", "all but LF CR ! $ % ) * - ; < [ \\ ` {")]
    [InlineData("PSEC1018", "aws secretsmanager create-secret --secret-string '{PASS}¤", "all but space")]
    [InlineData("PSEC1018", "SecretString¤\"{PASS}\"", ": =")]
    [InlineData("PSEC1018", "SecretString =¤\"{PASS}\"", "tab space $ ' @ \\")]
    [InlineData("PSEC1018", "SecretString = \"{PASS}¤", "all but LF CR space")]
    [InlineData("PSEC1018", "SecretString = \"¤{PASS}\"", "all but LF CR space ! \" $ % * < [ {")]
    [InlineData("PSEC1018", "SecretString = '{\"password\"¤\"{PASS}\"}'", ": =")]
    [InlineData("PSEC1018", "SecretString = '{\"password¤: \"{PASS}\"}'", "\" \\")]
    [InlineData("PSEC1018", "SecretString = '¤\"password\": \"{PASS}\"}'", "{")]
    [InlineData("PSEC1018", "SecretValue.unsafePlainText(¤{PASS}')", "'")]
    [InlineData("PSEC1018", "SecretValue.unsafePlainText¤'{PASS}')", "(")]
    [InlineData("PSEC1018", "SecretValue¤unsafePlainText('{PASS}')", ".")]
    [InlineData("PSEC1005", "AWS_SESSION_TOKEN¤{LONG}", "controls tab LF CR space ! \" # $ % & ' ( ) * , - . : ; < = > ? @ [ \\ ] ^ _ ` { | } ~")]
    [InlineData("PSEC1005", "AWS_SESSION_TOKEN = ¤{LONG}", "all")]
    public void A_credential_is_found_beside_these(string rule, string template, string found) => Assert.Equal(found, Shown(Found(rule, template)));

    /// <summary>Between two parts of a literal: in Python, which joins neighbors, and with the signs of other languages.</summary>
    [Theory]
    [InlineData("a.py", "secret_key = \"{HALF}\"\u00a4\"{HALF}\"", "tab LF CR space & +")]
    [InlineData("a.py", "secret_key = '{HALF}'\u00a4'{HALF}'", "tab LF CR space +")]
    [InlineData("a.py", "secret_key = \"{HALF}\"\u00a4'{HALF}'", "tab LF CR space")]
    [InlineData("a.py", "secret_key = '{HALF}'\u00a4 \"{HALF}\"", "tab LF CR space")]
    [InlineData("a.py", "secret_key = \"{HALF}\" \u00a4\"{HALF}\"", "tab LF CR space & + B F L R U b f l r u")]
    [InlineData("a.py", "secret_key = \"{HALF}\" \\\u00a4 \"{HALF}\"", "LF CR")]
    [InlineData("a.py", "secret_key = \"{HALF}\" r\u00a4\"{HALF}\"", "B F L R U b f l r u")]
    [InlineData("a.txt", "secret_key = \"{HALF}\"\u00a4+ \"{HALF}\"", "tab LF CR space")]
    [InlineData("a.txt", "secret_key = \"{HALF}\" +\u00a4\"{HALF}\"", "tab LF CR space $ @")]
    [InlineData("a.txt", "secret_key = \"{HALF}\" \u00a4 \"{HALF}\"", "& +")]
    [InlineData("a.txt", "secret_key = \"{HALF}\" & \u00a4\n\"{HALF}\"", "tab LF CR space $ @ _")]
    [InlineData("a.txt", "secret_key = \"{HALF}\" &\u00a4\"{HALF}\"", "tab LF CR space")]
    [InlineData("a.txt", "secret_key={HALF}\u00a4\n{HALF}", "\\")]
    public void Parts_of_a_literal_are_joined_by_these(string path, string template, string found) =>
        Assert.Equal(found, Shown(Found("PSEC1003", template, path)));

    /// <summary>The characters in order, letters, digits and control characters by one word each where all of them are there; or those that are not
    /// there.</summary>
    private static string Shown(string found)
    {
        string all = string.Concat(Enumerable.Range(0, Ascii).Select(c => (char)c));
        return found.Length <= 64 ? Named(found) : "all" + (found.Length == Ascii ? "" : " but " + Named(string.Concat(all.Except(found))));
    }

    private static string Named(string characters)
    {
        (string Name, Func<char, bool> Is)[] groups =
        [
            ("controls", c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')), ("capitals", char.IsAsciiLetterUpper),
                ("letters", char.IsAsciiLetterLower),
            ("digits", char.IsAsciiDigit),
        ];
        var named = new List<string>();
        foreach ((string name, Func<char, bool> isOf) in groups)
        {
            if (characters.Count(isOf) == Enumerable.Range(0, Ascii).Count(c => isOf((char)c)))
            {
                named.Add(name);
                characters = string.Concat(characters.Where(c => !isOf(c)));
            }
        }

        return string.Join(' ', [.. named, .. characters.Select(c => c switch
        {
            '\t' => "tab", '\n' => "LF", '\r' => "CR", ' ' => "space", _ => char.IsControl(c) ? $"0x{(int)c:x2}" : c.ToString(),
        })]);
    }

    private static string Found(string rule, string template, string path = "file.txt")
    {
        string text = Words.Aggregate(template, (made, word) => made.Replace($"{{{word.Word}}}", word.Value, StringComparison.Ordinal));
        var found = new StringBuilder();
        for (char c = '\0'; c < Ascii; c++)
        {
            if (Scan.Ids(text.Replace(Mark, c), path).Split(' ').Contains(rule))
            {
                found.Append(c);
            }
        }

        return found.ToString();
    }
}
