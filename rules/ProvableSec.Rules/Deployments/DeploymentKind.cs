namespace ProvableSec.Rules.Deployments;

/// <summary>What of the things that are deployed a document is.</summary>
internal enum DeploymentKind
{
    /// <summary>None.</summary>
    Other,

    /// <summary>A template of CloudFormation or SAM.</summary>
    Template,

    /// <summary>A plan or state of Terraform as JSON.</summary>
    TerraformPlan,

    /// <summary>A task definition of Amazon ECS, as <c>register-task-definition</c> takes it.</summary>
    TaskDefinition,

    /// <summary>A compose file.</summary>
    Compose,

    /// <summary>A manifest of Kubernetes.</summary>
    Kubernetes,

    /// <summary>A buildspec of CodeBuild.</summary>
    Buildspec,
}
