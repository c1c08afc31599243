using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Deployments;
using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Rules.Tests.Deployments;

/// <summary>Secrets in what is deployed, in the shapes of real templates and manifests, and what only looks like one; each secret is drawn while the test
/// runs.</summary>
public sealed class DeploymentCheckTests
{
    private static readonly Fresh Any = new(20261201);
    private static readonly string Password = Any.Password(), Id = Any.AccessKeyId(), Key = Any.SecretKey();

    /// <summary>What it is, the JSON with apostrophes for quotes (<c>PW</c>, <c>ID</c> and <c>KEY</c> are drawn), and the findings: rule, severity and
    /// pointer.</summary>
    private static readonly (string Name, string Json, string Found)[] Shapes =
    [
        // Passwords in properties of resources.
        ("database", Resource("AWS::RDS::DBInstance", "'MasterUsername': 'app', 'MasterUserPassword': 'PW'"), "PSEC1018 Error R/MasterUserPassword"),
        ("database by dynamic reference", Resource("AWS::RDS::DBInstance", "'MasterUserPassword': '{{resolve:secretsmanager:prod/db:SecretString:password}}'"),
            ""),
        ("database by dynamic reference within Sub", Resource("AWS::RDS::DBInstance",
            "'MasterUserPassword': {'Fn::Sub': '{{resolve:secretsmanager:${Db}:SecretString:password}}'}"), ""),
        ("database by Join, as the CDK writes it", Resource("AWS::RDS::DBCluster", "'MasterUserPassword': {'Fn::Join': ['', ['{{resolve:secretsmanager:', {'Ref': 'S'}, ':SecretString:password::}}']]}"), ""),
        ("database that manages its password", Resource("AWS::RDS::DBCluster", "'ManageMasterUserPassword': true"), ""),
        ("database, one side of a condition", Resource("AWS::RDS::DBCluster", "'MasterUserPassword': {'Fn::If': ['Dev', 'PW', {'Ref': 'AWS::NoValue'}]}"),
            "PSEC1018 Error R/MasterUserPassword/Fn::If/1"),
        ("DocumentDB", Resource("AWS::DocDB::DBCluster", "'MasterUserPassword': 'PW'"), "PSEC1018 Error R/MasterUserPassword"),
        ("Redshift", Resource("AWS::Redshift::Cluster", "'MasterUserPassword': 'PW'"), "PSEC1018 Error R/MasterUserPassword"),
        ("Redshift Serverless", Resource("AWS::RedshiftServerless::Namespace", "'AdminUserPassword': 'PW'"), "PSEC1018 Error R/AdminUserPassword"),
        ("placeholder", Resource("AWS::Redshift::Cluster", "'MasterUserPassword': 'REPLACE_ME'"), ""),
        ("broker", Resource("AWS::AmazonMQ::Broker", "'Users': [{'Username': 'a', 'Password': 'PW'}]"), "PSEC1018 Error R/Users/0/Password"),
        ("broker with a directory",
            Resource("AWS::AmazonMQ::Broker", "'LdapServerMetadata': {'ServiceAccountUsername': 'cn=a', 'ServiceAccountPassword': 'PW'}"),
            "PSEC1019 Error R/LdapServerMetadata/ServiceAccountPassword"),
        ("cache", Resource("AWS::ElastiCache::User", "'UserId': 'a', 'Passwords': ['PWPWPWPW', {'Ref': 'Other'}]"), "PSEC1018 Error R/Passwords/0"),
        ("user of IAM", Resource("AWS::IAM::User", "'LoginProfile': {'Password': 'PW', 'PasswordResetRequired': true}"),
            "PSEC1018 Error R/LoginProfile/Password"),
        ("Microsoft AD", Resource("AWS::DirectoryService::MicrosoftAD", "'Name': 'corp.example.com', 'Password': 'PW'"), "PSEC1019 Error R/Password"),
        ("Simple AD", Resource("AWS::DirectoryService::SimpleAD", "'Name': 'corp.example.com', 'Password': 'PW'"), "PSEC1019 Error R/Password"),
        ("Simple AD by reference", Resource("AWS::DirectoryService::SimpleAD", "'Name': 'corp.example.com', 'Password': {'Fn::ImportValue': 'x'}"), ""),
        ("file system of a directory", Resource("AWS::FSx::FileSystem", "'WindowsConfiguration': {'SelfManagedActiveDirectoryConfiguration': {'UserName': 'a', 'Password': 'PW'}}"), "PSEC1019 Error R/WindowsConfiguration/SelfManagedActiveDirectoryConfiguration/Password"),
        ("another type's Password", Resource("AWS::CloudFormation::CustomResource", "'Password': 'PW'"), ""),

        // Secrets Manager and Parameter Store.
        ("secret as text", Rotated("'SecretString': 'PW'"), "PSEC1018 Error R/SecretString"),
        ("secret as an object", Rotated("'SecretString': '{\\'username\\': \\'app\\', \\'password\\': \\'PW\\'}'"), "PSEC1018 Error R/SecretString"),
        ("secret by Sub", Rotated("'SecretString': {'Fn::Sub': '{\\'username\\': \\'app\\', \\'password\\': \\'${Password}\\'}'}"), ""),
        ("secret without secrets", Rotated("'SecretString': '{\\'host\\': \\'db.internal\\', \\'port\\': \\'5432\\'}'"), ""),
        ("generated secret", Rotated("'GenerateSecretString': {'SecretStringTemplate': '{\\'username\\': \\'app\\'}', 'GenerateStringKey': 'password'}"), ""),
        ("parameter", Resource("AWS::SSM::Parameter", "'Name': '/shop/db/password', 'Type': 'String', 'Value': 'PW'"), "PSEC1021 Error R/Value"),
        ("parameter called by its resource", "{'Resources': {'DbPassword': {'Type': 'AWS::SSM::Parameter', 'Properties': {'Type': 'String', 'Value': 'PW'}}}}", "PSEC1021 Error /Resources/DbPassword/Properties/Value"),
        ("parameter that is not a secret", Resource("AWS::SSM::Parameter", "'Name': '/shop/db/host', 'Type': 'String', 'Value': 'db.internal'"), ""),
        ("parameter with the name of a secret", Resource("AWS::SSM::Parameter", "'Name': '/shop/db/secret', 'Type': 'String', 'Value': 'prod/db'"), ""),
        ("parameter with an access key", "{'Resources': {'K': {'Type': 'AWS::IAM::AccessKey', 'Properties': {'UserName': 'a'}}, 'P': {'Type': 'AWS::SSM::Parameter', 'Properties': {'Type': 'String', 'Value': {'Fn::GetAtt': ['K', 'SecretAccessKey']}}}}}", "PSEC1021 Error /Resources/P/Properties/Value"),

        // Environments.
        ("function", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'DB_PASSWORD': 'PW', 'LEVEL': 'debug'}}"),
            "PSEC1020 Warning R/Environment/Variables/DB_PASSWORD"),
        ("function of SAM", Resource("AWS::Serverless::Function", "'Environment': {'Variables': {'stripeApiKey': 'PW'}}"),
            "PSEC1020 Warning R/Environment/Variables/stripeApiKey"),
        ("every function of SAM", "{'Transform': 'AWS::Serverless-2016-10-31', 'Globals': {'Function': {'Environment': {'Variables': {'JWT_SECRET': 'PW'}}}}, 'Resources': {'F': {'Type': 'AWS::Serverless::Function', 'Properties': {}}}}", "PSEC1020 Warning /Globals/Function/Environment/Variables/JWT_SECRET"),
        ("function with an access key", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'AWS_KEY_ID': 'ID', 'AWS_SECRET_ACCESS_KEY': 'KEY'}}"),
            "PSEC1001 Error R/Environment/Variables/AWS_KEY_ID"),
        ("function with a secret key alone", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'AWS_SECRET_ACCESS_KEY': 'KEY'}}"),
            "PSEC1003 Error R/Environment/Variables/AWS_SECRET_ACCESS_KEY"),
        ("function to bind", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'LDAP_PASSWORD': 'PW'}}"),
            "PSEC1019 Error R/Environment/Variables/LDAP_PASSWORD"),
        ("function for an HSM", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'HSM_PASSWORD': '{PW}'}}"),
            "PSEC1011 Error R/Environment/Variables/HSM_PASSWORD"),
        ("function with names of secrets", Resource("AWS::Lambda::Function", "'Environment': {'Variables': {'DB_SECRET': 'prod/db', 'DB_SECRET_ARN': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x', 'API_TOKEN': 'api-token', 'PASSWORD_FILE': '/run/p', 'DB_PASSWORD': {'Ref': 'P'}, 'RESET_PASSWORD': 'true', 'NEXT_TOKEN': 'abcdefgh', 'CACHE_KEY': 'abcdefgh'}}"), ""),
        ("task", Resource("AWS::ECS::TaskDefinition", "'ContainerDefinitions': [{'Name': 'a', 'Environment': [{'Name': 'DB_PASSWORD', 'Value': 'PW'}], 'Secrets': [{'Name': 'API_KEY', 'ValueFrom': 'arn:aws:ssm:eu-west-1:111122223333:parameter/k'}]}]"), "PSEC1020 Warning R/ContainerDefinitions/0/Environment/0/Value"),
        ("build", Resource("AWS::CodeBuild::Project", "'Environment': {'EnvironmentVariables': [{'Name': 'NPM_TOKEN', 'Value': 'PW'}, {'Name': 'GH_TOKEN', 'Type': 'SECRETS_MANAGER', 'Value': 'github:token'}]}"), "PSEC1020 Warning R/Environment/EnvironmentVariables/0/Value"),
        ("task definition file", "{'family': 'a', 'containerDefinitions': [{'name': 'a', 'environment': [{'name': 'DB_PASSWORD', 'value': 'PW'}]}]}", "PSEC1020 Warning /containerDefinitions/0/environment/0/value"),
        ("compose", "{'services': {'db': {'image': 'postgres', 'environment': {'POSTGRES_PASSWORD': 'PW'}}, 'web': {'build': {'args': ['NPM_TOKEN=PW', 'A=b']}, 'environment': ['DB_PASSWORD=${DB_PASSWORD}', 'DB_PASSWORD_FILE=/run/secrets/p']}}}", "PSEC1020 Warning /services/db/environment/POSTGRES_PASSWORD\nPSEC1020 Warning /services/web/build/args/0"),
        ("deployment of Kubernetes", "{'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': 'a'}, 'spec': {'template': {'spec': {'containers': [{'name': 'a', 'env': [{'name': 'API_TOKEN', 'value': 'PW'}, {'name': 'X_TOKEN', 'valueFrom': {'secretKeyRef': {'name': 's', 'key': 'k'}}}]}]}}}}", "PSEC1020 Warning /spec/template/spec/containers/0/env/0/value"),
        ("secret of Kubernetes", "{'apiVersion': 'v1', 'kind': 'Secret', 'metadata': {'name': 'a'}, 'stringData': {'password': 'PW'}}", "PSEC1020 Warning /stringData/password"),
        ("secret of Kubernetes, encoded", "{'apiVersion': 'v1', 'kind': 'Secret', 'metadata': {'name': 'a'}, 'data': {'password': 'B64'}}",
            "PSEC1020 Warning /data/password"),
        ("buildspec", "{'version': 0.2, 'env': {'variables': {'SONAR_TOKEN': 'PW'}, 'secrets-manager': {'DB_PASSWORD': 'prod/db:password'}}, 'phases': {'build': {}}}", "PSEC1020 Warning /env/variables/SONAR_TOKEN"),
        ("other JSON", "{'version': 1, 'env': {'variables': {'SONAR_TOKEN': 'PW'}}}", ""),

        // Parameters and outputs.
        ("parameter that is shown", "{'Parameters': {'DBPassword': {'Type': 'String'}}, 'Resources': {'R': {'Type': 'AWS::SNS::Topic'}}}", "PSEC2302 Warning /Parameters/DBPassword"),
        ("parameter that is hidden", "{'Parameters': {'DBPassword': {'Type': 'String', 'NoEcho': true}}, 'Resources': {'R': {'Type': 'AWS::SNS::Topic'}}}", ""),
        ("parameter hidden by a text", "{'Parameters': {'DBPassword': {'Type': 'String', 'NoEcho': 'true'}}, 'Resources': {'R': {'Type': 'AWS::SNS::Topic'}}}", ""),
        ("parameter that a database takes", "{'Parameters': {'P': {'Type': 'String'}}, 'Resources': {'R': {'Type': 'AWS::RDS::DBInstance', 'Properties': {'MasterUserPassword': {'Ref': 'P'}}}}}", "PSEC2302 Warning /Parameters/P"),
        ("parameter with a default that a database takes", "{'Parameters': {'P': {'Type': 'String', 'NoEcho': true, 'Default': 'PW'}}, 'Resources': {'R': {'Type': 'AWS::RDS::DBInstance', 'Properties': {'MasterUserPassword': {'Ref': 'P'}}}}}", "PSEC1018 Error /Parameters/P/Default"),
        ("parameter with a default that a directory takes", "{'Parameters': {'P': {'Type': 'String', 'NoEcho': true, 'Default': 'PW'}}, 'Resources': {'R': {'Type': 'AWS::DirectoryService::MicrosoftAD', 'Properties': {'Password': {'Ref': 'P'}}}}}", "PSEC1019 Error /Parameters/P/Default"),
        ("parameters about secrets", "{'Parameters': {'SecretName': {'Type': 'String', 'Default': 'gitea-password'}, 'PasswordLength': {'Type': 'Number'}, 'ApiToken': {'Type': 'AWS::SSM::Parameter::Value<String>'}, 'RotatePassword': {'Type': 'String'}, 'DbSecret': {'Type': 'String', 'Default': 'prod/db'}, 'KeyPair': {'Type': 'String'}}, 'Resources': {'R': {'Type': 'AWS::SNS::Topic'}}}", ""),
        ("output of an access key", "{'Resources': {'K': {'Type': 'AWS::IAM::AccessKey', 'Properties': {'UserName': 'a'}}}, 'Outputs': {'Secret': {'Value': {'Fn::GetAtt': ['K', 'SecretAccessKey']}}, 'Id': {'Value': {'Ref': 'K'}}}}", "PSEC2301 Error /Outputs/Secret/Value"),
        ("output of an access key in a text", "{'Resources': {'K': {'Type': 'AWS::IAM::AccessKey', 'Properties': {'UserName': 'a'}}}, 'Outputs': {'Secret': {'Value': {'Fn::Sub': 'key=${K.SecretAccessKey}'}}}}", "PSEC2301 Error /Outputs/Secret/Value"),
        ("output of a hidden parameter", "{'Parameters': {'DBPassword': {'Type': 'String', 'NoEcho': true}}, 'Resources': {'R': {'Type': 'AWS::SNS::Topic'}}, 'Outputs': {'Password': {'Value': {'Ref': 'DBPassword'}}}}", "PSEC2301 Error /Outputs/Password/Value"),
        ("output of an ARN", "{'Resources': {'T': {'Type': 'AWS::SNS::Topic'}}, 'Outputs': {'Arn': {'Value': {'Ref': 'T'}}}}", ""),

        // Rotation.
        ("secret that nothing rotates", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}}}", "PSEC2303 Info /Resources/S/Type"),
        ("secret of a database that nothing rotates", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'D': {'Type': 'AWS::RDS::DBInstance', 'Properties': {'MasterUserPassword': {'Fn::Sub': '{{resolve:secretsmanager:${S}:SecretString:password}}'}}}}}", "PSEC2303 Warning /Resources/S/Type"),
        ("secret attached to a database that nothing rotates", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'A': {'Type': 'AWS::SecretsManager::SecretTargetAttachment', 'Properties': {'SecretId': {'Ref': 'S'}, 'TargetId': 'd', 'TargetType': 'AWS::DocDB::DBCluster'}}}}", "PSEC2303 Warning /Resources/S/Type"),
        ("secret rotated by its attachment", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'A': {'Type': 'AWS::SecretsManager::SecretTargetAttachment', 'Properties': {'SecretId': {'Ref': 'S'}}}, 'Z': {'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {'SecretId': {'Ref': 'A'}, 'RotationRules': {'AutomaticallyAfterDays': 30}}}}}", ""),
        ("secret of a database rotated seldom", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'A': {'Type': 'AWS::SecretsManager::SecretTargetAttachment', 'Properties': {'SecretId': {'Ref': 'S'}}}, 'Z': {'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {'SecretId': {'Ref': 'A'}, 'RotationRules': {'AutomaticallyAfterDays': 90}}}}}", "PSEC2304 Warning /Resources/Z/Properties/RotationRules/AutomaticallyAfterDays"),
        ("secret rotated seldom by a rate", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'Z': {'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {'SecretId': {'Ref': 'S'}, 'RotationRules': {'ScheduleExpression': 'rate(60 days)'}}}}}", "PSEC2304 Info /Resources/Z/Properties/RotationRules/ScheduleExpression"),
        ("secret rotated by a clock every month", Scheduled("cron(0 8 1 * ? *)"), ""),
        ("secret rotated by a clock every quarter", Scheduled("cron(0 8 1 1/3 ? *)"), "PSEC2304 Info /Resources/Z/Properties/RotationRules/ScheduleExpression"),
        ("secret rotated by a clock every other month", Scheduled("cron(0 8 ? */2 2#1 *)"),
            "PSEC2304 Info /Resources/Z/Properties/RotationRules/ScheduleExpression"),
        ("secret rotated by a clock twice a year", Scheduled("cron(0 8 1 JAN,jul ? *)"),
            "PSEC2304 Info /Resources/Z/Properties/RotationRules/ScheduleExpression"),
        ("secret rotated by a clock but in summer", Scheduled("cron(0 0/4 * 1-6,9-12 ? *)"),
            "PSEC2304 Info /Resources/Z/Properties/RotationRules/ScheduleExpression"),
        ("secret rotated by a clock but in February", Scheduled("cron(0 8 * 1,3-12 ? *)"), ""),
        ("secret rotated by a clock with each month named", Scheduled("cron(0 8 1 1-6,JUL-DEC ? *)"), ""),
        ("secret rotated by a clock that is none", Scheduled("cron(0 8 1 13/0 ? *)"), ""),
        ("secret rotated by a clock without its year", Scheduled("cron(0 8 1 1 ?)"), ""),
        ("secret rotated by the hour", "{'Resources': {'S': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {}}, 'Z': {'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {'SecretId': {'Ref': 'S'}, 'RotationRules': {'ScheduleExpression': 'rate(4 hours)'}}}}}", ""),

        // Loops.
        ("loop", "{'Transform': 'AWS::LanguageExtensions', 'Resources': {'Fn::ForEach::D': ['N', ['A'], {'D${N}': {'Type': 'AWS::Redshift::Cluster', 'Properties': {'MasterUserPassword': 'PW'}}}]}}", "PSEC1018 Error /Resources/DA/Properties/MasterUserPassword"),

        // Terraform.
        ("plan of a database", Plan("aws_db_instance", "'username': 'a', 'password': 'PW'"), "PSEC1018 Error V/password"),
        ("plan of a database that manages its password", Plan("aws_db_instance", "'manage_master_user_password': true, 'password': null"), ""),
        ("plan of a directory", Plan("aws_directory_service_directory", "'type': 'MicrosoftAD', 'password': 'PW'"), "PSEC1019 Error V/password"),
        ("plan of a secret's text", Plan("aws_secretsmanager_secret_version", "'secret_string': '{\\'password\\': \\'PW\\'}'"),
            "PSEC1018 Error V/secret_string"),
        ("plan of a function", Plan("aws_lambda_function", "'environment': [{'variables': {'API_TOKEN': 'PW'}}]"),
            "PSEC1020 Warning V/environment/0/variables/API_TOKEN"),
        ("plan of a task", Plan("aws_ecs_task_definition", "'container_definitions': '[{\\'name\\': \\'a\\', \\'environment\\': [{\\'name\\': \\'DB_PASSWORD\\', \\'value\\': \\'PW\\'}]}]'"), "PSEC1020 Warning V/container_definitions"),
        ("plan of a parameter", Plan("aws_ssm_parameter", "'name': '/a/password', 'type': 'String', 'value': 'PW'"), "PSEC1021 Error V/value"),
        ("plan of an encrypted parameter", Plan("aws_ssm_parameter", "'name': '/a/password', 'type': 'SecureString', 'value': 'PW'"), ""),
        ("plan of a secret that nothing rotates", "{'format_version': '1.2', 'configuration': {}, 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}]}}}", "PSEC2303 Info /planned_values/root_module/resources/0/type"),
        (
            "plan of a secret that something rotates seldom",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'values': {'rotation_rules': [{'automatically_after_days': 180}]}}]}}}",
            "PSEC2304 Info /planned_values/root_module/resources/1/values/rotation_rules/0/automatically_after_days"
        ),
        (
            "plan of a database that reads its password from a secret",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'expressions': {'password': {'references': ['aws_secretsmanager_secret_version.v.secret_string', 'aws_secretsmanager_secret_version.v']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'values': {}}]}}}",
            "PSEC2303 Warning /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a database that reads it back",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'expressions': {'password': {'references': ['data.aws_secretsmanager_secret_version.v.secret_string', 'data.aws_secretsmanager_secret_version.v']}}}, {'address': 'data.aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'values': {}}]}}}",
            "PSEC2303 Warning /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a database and a secret with one drawn password",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_docdb_cluster.d', 'type': 'aws_docdb_cluster', 'expressions': {'master_password': {'references': ['random_password.p.result', 'random_password.p']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}, 'secret_string': {'references': ['random_password.p.result', 'random_password.p']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_docdb_cluster.d', 'type': 'aws_docdb_cluster', 'values': {}}]}}}",
            "PSEC2303 Warning /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a secret with the host of a data warehouse",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_redshift_cluster.d', 'type': 'aws_redshift_cluster', 'expressions': {'master_password': {'references': ['var.p']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}, 'secret_string': {'references': ['aws_redshift_cluster.d.endpoint', 'aws_redshift_cluster.d']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_redshift_cluster.d', 'type': 'aws_redshift_cluster', 'values': {}}]}}}",
            "PSEC2303 Warning /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a secret that names an engine",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {'secret_string': '{\\'engine\\': \\'mysql\\'}'}}]}}}",
            "PSEC2303 Warning /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a database and a secret of something else",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'expressions': {'password': {'references': ['random_password.q.result', 'random_password.q']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}, 'secret_string': {'references': ['random_password.p.result', 'random_password.p']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'values': {}}]}}}",
            "PSEC2303 Info /planned_values/root_module/resources/0/type"
        ),
        (
            "plan of a database's secret that is rotated seldom",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'expressions': {'password': {'references': ['aws_secretsmanager_secret_version.v.secret_string', 'aws_secretsmanager_secret_version.v']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}, {'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'values': {}}, {'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'values': {'rotation_rules': [{'schedule_expression': 'cron(0 8 1 1 ? *)'}]}}]}}}",
            "PSEC2304 Warning /planned_values/root_module/resources/3/values/rotation_rules/0/schedule_expression"
        ),
        (
            "plan of a database's secret that is rotated every month",
            "{'format_version': '1.2', 'configuration': {'root_module': {'resources': [{'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'expressions': {'password': {'references': ['aws_secretsmanager_secret_version.v.secret_string', 'aws_secretsmanager_secret_version.v']}}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}, {'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'expressions': {'secret_id': {'references': ['aws_secretsmanager_secret.s.id', 'aws_secretsmanager_secret.s']}}}]}},"
            + " 'planned_values': {'root_module': {'resources': [{'address': 'aws_secretsmanager_secret.s', 'type': 'aws_secretsmanager_secret', 'values': {'name': 'a'}}, {'address': 'aws_secretsmanager_secret_version.v', 'type': 'aws_secretsmanager_secret_version', 'values': {}}, {'address': 'aws_db_instance.d', 'type': 'aws_db_instance', 'values': {}}, {'address': 'aws_secretsmanager_secret_rotation.r', 'type': 'aws_secretsmanager_secret_rotation', 'values': {'rotation_rules': [{'schedule_expression': 'rate(30 days)'}]}}]}}}",
            ""
        ),

        // Outputs of plans and states of Terraform.
        ("plan with an output of an access key", Outputs("'key': {'sensitive': false}",
            "'key': {'expression': {'references': ['aws_iam_access_key.k.secret', 'aws_iam_access_key.k']}}"),
            "PSEC2301 Error /planned_values/outputs/key/sensitive"),
        ("plan with a sensitive output of an access key", Outputs("'key': {'sensitive': true}", "'key': {'sensitive': true, 'expression': {'references': ['aws_iam_access_key.k.secret', 'aws_iam_access_key.k']}}"), ""),
        ("plan with an output of an access key's ID", Outputs("'id': {'sensitive': false}",
            "'id': {'expression': {'references': ['aws_iam_access_key.k.id', 'aws_iam_access_key.k']}}"), ""),
        ("plan with an output of an encrypted key", Outputs("'key': {'sensitive': false}", "'key': {'expression': {'references': ['aws_iam_access_key.k.encrypted_secret', 'aws_iam_access_key.k']}}"), ""),
        ("plan with an output of a drawn password", Outputs("'p': {'sensitive': false}", "'p': {'expression': {'references': ['random_password.p[0].result', 'random_password.p[0]', 'random_password.p']}}"), "PSEC2301 Error /planned_values/outputs/p/sensitive"),
        ("plan with an output of a secret that is read", Outputs("'p': {'sensitive': false}", "'p': {'expression': {'references': ['data.aws_secretsmanager_secret_version.v.secret_string', 'data.aws_secretsmanager_secret_version.v']}}"), "PSEC2301 Error /planned_values/outputs/p/sensitive"),
        ("plan with an output of a secret's ARN", Outputs("'p': {'sensitive': false}", "'p': {'expression': {'references': ['aws_secretsmanager_secret.s.arn', 'aws_secretsmanager_secret.s']}}"), ""),
        (
            "plan with an output of a module's access key",
            Outputs("'key': {'sensitive': false}", "'key': {'expression': {'references': ['module.user.key', 'module.user']}}", "'module_calls': {'user': {'module': {'outputs': {'key': {'expression': {'references': ['aws_iam_access_key.k.secret', 'aws_iam_access_key.k']}}}}}}"),
            "PSEC2301 Error /planned_values/outputs/key/sensitive"
        ),
        ("plan with outputs that refer to each other", Outputs("'a': {'sensitive': false}", "'a': {'expression': {'references': ['module.m.a', 'module.m']}}", "'module_calls': {'m': {'module': {'outputs': {'a': {'expression': {'references': ['module.m.a']}}}, 'module_calls': {}}}}"), ""),
        ("plan with a known output that only counts a password", Outputs("'length': {'sensitive': false, 'type': 'number', 'value': 24}",
            "'length': {'expression': {'references': ['random_password.p.result', 'random_password.p']}}"), ""),
        ("state with an output of an access key", State("'key': {'sensitive': false, 'type': 'string', 'value': 'KEY'}"),
            "PSEC2301 Error /values/outputs/key/sensitive"),
        ("state with an output of an access key in a list", State("'keys': {'sensitive': false, 'value': [{'secret': 'KEY'}]}"),
            "PSEC2301 Error /values/outputs/keys/sensitive"),
        ("state with an output of a password in a text", State("'text': {'sensitive': false, 'type': 'string', 'value': 'sign in with PW'}"),
            "PSEC2301 Error /values/outputs/text/sensitive"),
        ("state with a sensitive output of an access key", State("'key': {'sensitive': true, 'type': 'string', 'value': 'KEY'}"), ""),
        ("state with an output of something else", State("'name': {'sensitive': false, 'type': 'string', 'value': 'deploy'}"), ""),
    ];

    public static TheoryData<string> Names() => [.. Shapes.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shape_has_its_findings(string name)
    {
        (_, string json, string found) = Shapes.Single(shape => shape.Name == name);
        string expected = found.Replace(" R/", " /Resources/R/Properties/", StringComparison.Ordinal)
            .Replace(" V/", " /planned_values/root_module/resources/0/values/", StringComparison.Ordinal);
        IReadOnlyList<DeploymentFinding> findings = Check(json);
        Assert.Equal(expected,
            string.Join('\n', findings.Select(finding => $"{finding.Finding.Rule.Id} {finding.Finding.Severity} {finding.Finding.Pointer}")));
        Assert.All(findings, finding => Assert.DoesNotContain(Password, finding.Finding.Message, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.DoesNotContain(Key, finding.Finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Forty_shapes_and_more_both_ways()
    {
        Assert.True(Shapes.Length >= 40);
        Assert.True(Shapes.Count(shape => shape.Found.Length == 0) >= 20);
    }

    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("dbPassword", true)]
    [InlineData("MYSQL_PWD", true)]
    [InlineData("masterpassword", true)]
    [InlineData("APIKey", true)]
    [InlineData("api-key", true)]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("client_secret", true)]
    [InlineData("DB_PASS", true)]
    [InlineData("PASS", false)]
    [InlineData("COMPASS", false)]
    [InlineData("SECRET_NAME", false)]
    [InlineData("SecretArn", false)]
    [InlineData("PASSWORD_POLICY", false)]
    [InlineData("PUBLIC_KEY", false)]
    [InlineData("AWS_ACCESS_KEY_ID", false)]
    [InlineData("MaxTokens", false)]
    [InlineData("GENERATE_PASSWORD", false)]
    [InlineData("ContinuationToken", false)]
    [InlineData("", false)]
    public void Names_say_what_is_a_secret(string name, bool isSecret) => Assert.Equal(isSecret, SecretName.Is(name));

    private static IReadOnlyList<DeploymentFinding> Check(string json) => DeploymentChecks.Check(
        JsonTreeReader.Read(new DocumentText(
            json.Replace('\'', '"').Replace("{PW}", Password, StringComparison.Ordinal).Replace("PW", Password, StringComparison.Ordinal)
                .Replace("\"ID\"", $"\"{Id}\"", StringComparison.Ordinal).Replace("\"KEY\"", $"\"{Key}\"", StringComparison.Ordinal)
                .Replace("B64", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Password)), StringComparison.Ordinal),
            "t.json")),
        Scan.Now);

    private static string Scheduled(string expression) =>
        $"{{'Resources': {{'S': {{'Type': 'AWS::SecretsManager::Secret', 'Properties': {{}}}}, 'Z': {{'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {{'SecretId': {{'Ref': 'S'}}, 'RotationRules': {{'ScheduleExpression': '{expression}'}}}}}}}}}}";

    private static string Resource(string type, string properties) => $"{{'Resources': {{'R': {{'Type': '{type}', 'Properties': {{{properties}}}}}}}}}";

    private static string Rotated(string properties) =>
        $"{{'Resources': {{'R': {{'Type': 'AWS::SecretsManager::Secret', 'Properties': {{{properties}}}}}, 'Z': {{'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {{'SecretId': {{'Ref': 'R'}}}}}}}}}}";

    private static string Plan(string type, string values) => $"{{'format_version': '1.2', 'planned_values': {{'root_module': {{'resources': [{{'address': '{type}.r', 'type': '{type}', 'values': {{{values}}}}}]}}}}}}";

    private static string Outputs(string outputs, string expressions, string modules = "'module_calls': {}") =>
        $"{{'format_version': '1.2', 'configuration': {{'root_module': {{'outputs': {{{expressions}}}, {modules}}}}}, 'planned_values': {{'outputs': {{{outputs}}}, 'root_module': {{}}}}}}";

    private static string State(string outputs) =>
        $"{{'format_version': '1.0', 'values': {{'outputs': {{{outputs}}}, 'root_module': {{'resources': [{{'address': 'aws_iam_access_key.k', 'type': 'aws_iam_access_key', 'values': {{'id': 'ID', 'secret': 'KEY'}}}}, {{'address': 'aws_iam_user_login_profile.p', 'type': 'aws_iam_user_login_profile', 'values': {{'password': 'PW'}}}}]}}}}}}";
}
