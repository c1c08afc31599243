using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Deployments;

/// <summary>Where resources have environments: as an object, or as a list of names and values (AWS CloudFormation Template Reference, the page of each
/// type).</summary>
internal static class EnvironmentProperties
{
    private static readonly Dictionary<string, string[]> OfTypes = new(StringComparer.Ordinal)
    {
        ["AWS::Lambda::Function"] = ["Environment/Variables"],
        ["AWS::Serverless::Function"] = ["Environment/Variables"],
        ["AWS::ECS::TaskDefinition"] = ["ContainerDefinitions/*/Environment"],
        ["AWS::Batch::JobDefinition"] = ["ContainerProperties/Environment", "NodeProperties/NodeRangeProperties/*/Container/Environment",
            "EcsProperties/TaskProperties/*/Containers/*/Environment"],
        ["AWS::CodeBuild::Project"] = ["Environment/EnvironmentVariables"],
        ["AWS::AppRunner::Service"] = ["SourceConfiguration/ImageRepository/ImageConfiguration/RuntimeEnvironmentVariables",
            "SourceConfiguration/CodeRepository/CodeConfiguration/CodeConfigurationValues/RuntimeEnvironmentVariables"],
        ["AWS::Amplify::App"] = ["EnvironmentVariables"],
        ["AWS::Amplify::Branch"] = ["EnvironmentVariables"],
        ["AWS::Glue::Job"] = ["DefaultArguments"],
        ["AWS::SageMaker::Model"] = ["PrimaryContainer/Environment", "Containers/*/Environment"],
        ["AWS::ElasticBeanstalk::Environment"] = ["OptionSettings"],
        ["AWS::ElasticBeanstalk::ConfigurationTemplate"] = ["OptionSettings"],
        ["aws_lambda_function"] = ["environment/*/variables"],
        ["aws_codebuild_project"] = ["environment/*/environment_variable"],
        ["aws_apprunner_service"] = ["source_configuration/*/image_repository/*/image_configuration/*/runtime_environment_variables"],
        ["aws_amplify_app"] = ["environment_variables"],
        ["aws_glue_job"] = ["default_arguments"],
        ["aws_elastic_beanstalk_environment"] = ["setting"],
    };

    private static readonly string[] Names = ["Name", "name", "OptionName"];

    /// <summary>Where resources of a type have environments; nowhere for a type that has none.</summary>
    public static IReadOnlyList<string> Of(string type) => OfTypes.TryGetValue(type, out string[]? paths) ? paths : [];

    /// <summary>The variables of an environment.</summary>
    /// <param name="environment">An object, a list of objects with name and value, or a list of <c>NAME=value</c>.</param>
    /// <param name="textOf">What is known of a value; null for nothing.</param>
    public static IReadOnlyList<DeployedVariable> Variables(JsonItem environment, Func<JsonItem, string?> textOf)
    {
        var variables = new List<DeployedVariable>();
        foreach (JsonMember member in environment.Properties())
        {
            variables.Add(new DeployedVariable(member.Name.TrimStart('-'), textOf(member.Value), member.Value));
        }

        foreach (JsonItem item in environment.Elements())
        {
            if (item.Kind == JsonKind.String && item.Text.IndexOf('=') is > 0 and var sign)
            {
                variables.Add(new DeployedVariable(item.Text.Substring(0, sign), item.Text.Substring(sign + 1), item));
            }
            else if (Member(item, Names) is { Kind: JsonKind.String } name && Member(item, ["Value", "value"]) is { } value && !IsReference(item))
            {
                variables.Add(new DeployedVariable(name.Text, textOf(value), value));
            }
        }

        return variables;
    }

    /// <summary>Variables of CodeBuild that name where their value is kept.</summary>
    private static bool IsReference(JsonItem item) => Member(item, ["Type", "type"]) is { Kind: JsonKind.String, Text: "PARAMETER_STORE" or "SECRETS_MANAGER" };

    private static JsonItem? Member(JsonItem of, string[] names)
    {
        foreach (string name in names)
        {
            if (of.TryGetProperty(name, out JsonItem value))
            {
                return value;
            }
        }

        return null;
    }
}
