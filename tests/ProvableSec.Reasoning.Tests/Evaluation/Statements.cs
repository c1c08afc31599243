namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Statements that many cases are made of.</summary>
internal static class Statements
{
    public const string Deny = """{"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"*"}""";
    public const string Queues = """{"Sid":"Queues","Effect":"Allow","Action":"sqs:*","Resource":"*"}""";

    public static string Grant(string principal, string more = "") =>
        $$"""{"Sid":"Grant","Effect":"Allow","Principal":{{principal}},"Action":"*","Resource":"*"{{more}}}""";

    public static string Aws(string arn) => $$"""{"AWS":"{{arn}}"}""";
}
