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

    /// <summary>What version 3 of the SDK had to choose the endpoint of STS.</summary>
    public const string Version3 = """
        namespace Amazon.Runtime
        {
            public enum StsRegionalEndpointsValue { Legacy, Regional }
            public class Version3Config { public StsRegionalEndpointsValue StsRegionalEndpoints { get; set; } }
        }
        """;

    /// <summary>AWSSDK.SimpleNotificationService, version 4.</summary>
    public const string Topics = """
        namespace Amazon.SimpleNotificationService
        {
            public class Client
            {
                public void AddPermissionAsync(string topicArn, string label, System.Collections.Generic.List<string> awsAccountId, System.Collections.Generic.List<string> actionName, System.Threading.CancellationToken cancellationToken = default) { }
            }
        }

        namespace Amazon.SimpleNotificationService.Model
        {
            public class AddPermissionRequest { public System.Collections.Generic.List<string>? AWSAccountId { get; set; } public System.Collections.Generic.List<string>? ActionName { get; set; } }
        }
        """;

    /// <summary>Npgsql, both packages of SqlClient, MongoDB.Driver.</summary>
    public const string Drivers = """
        namespace Npgsql { public class NpgsqlConnection { public NpgsqlConnection(string connectionString) { } } public class NpgsqlConnectionStringBuilder { public string Password { get; set; } } }
        namespace Microsoft.Data.SqlClient { public class SqlConnection { public SqlConnection(string connectionString) { } } }
        namespace System.Data.SqlClient { public class SqlConnection { public SqlConnection(string connectionString) { } } }
        namespace MongoDB.Driver { public class MongoClient { public MongoClient(string connectionString) { } } }
        """;

    /// <summary>Microsoft.Extensions.Configuration and System.Configuration.ConfigurationManager.</summary>
    public const string Configuration = """
        namespace Microsoft.Extensions.Configuration
        {
            public interface IConfiguration { string this[string key] { get; } IConfigurationSection GetSection(string key); }
            public interface IConfigurationSection : IConfiguration { string Value { get; } }
            public static class ConfigurationExtensions { public static string GetConnectionString(this IConfiguration configuration, string name) => null; }
            public static class ConfigurationBinder { public static T GetValue<T>(this IConfiguration configuration, string key) => default; }
        }

        namespace System.Configuration
        {
            public static class ConfigurationManager
            {
                public static System.Collections.Specialized.NameValueCollection AppSettings => null;
                public static ConnectionStringSettingsCollection ConnectionStrings => null;
            }

            public class ConnectionStringSettingsCollection { public ConnectionStringSettings this[string name] => null; }
            public class ConnectionStringSettings { public string ConnectionString => null; }
        }
        """;
}
