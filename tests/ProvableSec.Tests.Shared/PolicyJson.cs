namespace ProvableSec.Tests;

/// <summary>Policies as JSON, for tests of what policies say; a test of how they are written writes them itself.</summary>
public static class PolicyJson
{
    /// <summary>The statement that allows everything.</summary>
    public const string AllowAll = """{"Effect":"Allow","Action":"*","Resource":"*"}""";

    /// <summary>The document that allows everything, as AWS's FullAWSAccess and AdministratorAccess do.</summary>
    public const string Everything = $$"""{"Version":"2012-10-17","Statement":[{{AllowAll}}]}""";

    /// <summary>Statements as a document.</summary>
    public static string Document(params IEnumerable<string> statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(",", statements)}}]}""";
}
