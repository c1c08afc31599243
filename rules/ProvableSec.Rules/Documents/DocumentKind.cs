namespace ProvableSec.Rules.Documents;

/// <summary>What a JSON text is.</summary>
public enum DocumentKind
{
    /// <summary>Nothing that holds policies.</summary>
    Other,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A template of CloudFormation or SAM.</summary>
    Template,

    /// <summary>The answer of <c>aws iam get-account-authorization-details</c>.</summary>
    AccountDump,

    /// <summary>A plan or state of Terraform as JSON.</summary>
    TerraformPlan,
}
