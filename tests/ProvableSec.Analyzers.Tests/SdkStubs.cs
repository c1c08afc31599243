namespace ProvableSec.Analyzers.Tests;

/// <summary>The members that our code meets, of packages that the tests do not reference; types are matched by name.</summary>
internal static class SdkStubs
{
    /// <summary>AWSSDK.SecretsManager, version 4.</summary>
    public const string SecretsManager = """
        namespace Amazon.SecretsManager
        {
            public class AmazonSecretsManagerClient
            {
                public System.Threading.Tasks.Task<Model.GetSecretValueResponse> GetSecretValueAsync(Model.GetSecretValueRequest request, System.Threading.CancellationToken cancellationToken = default) => null;
            }
        }

        namespace Amazon.SecretsManager.Model
        {
            public class GetSecretValueRequest { public string SecretId { get; set; } }
            public class GetSecretValueResponse { public string SecretString { get; set; } }
        }
        """;

    /// <summary>Npgsql, both packages of SqlClient, MongoDB.Driver.</summary>
    public const string Drivers = """
        namespace Npgsql { public class NpgsqlConnection { public NpgsqlConnection(string connectionString) { } } }
        namespace Microsoft.Data.SqlClient { public class SqlConnection { public SqlConnection(string connectionString) { } } }
        namespace System.Data.SqlClient { public class SqlConnection { public SqlConnection(string connectionString) { } } }
        namespace MongoDB.Driver { public class MongoClient { public MongoClient(string connectionString) { } } }
        """;
}
