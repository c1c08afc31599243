using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Code that opens access without a policy: by a method or property of the CDK, or by attaching a managed policy (AWS CDK API Reference, the page of each
/// construct). Known by name: neither library need be referred to.
/// </summary>
internal static class CdkGrants
{
    private const string Cdk = "Amazon.CDK.AWS.", Iam = Cdk + "IAM", S3 = Cdk + "S3", Lambda = Cdk + "Lambda";

    /// <summary>Words that a file with such a grant has.</summary>
    public static readonly string[] Words = ["AssumedBy", "AddPermission", "GrantPublicAccess", "PublicReadAccess", "AnyPrincipal", "StarPrincipal", "FunctionUrlAuthType"];

    /// <summary>Whether a call may be one: a look at its name.</summary>
    public static bool MayBe(IInvocationOperation call) => call.TargetMethod.Name is "AddPermission" or "FromAwsManagedPolicyName" or "FromManagedPolicyArn"
        || call.TargetMethod.Name.StartsWith("Grant", StringComparison.Ordinal);

    /// <summary>Whether an assignment may be one: a look at the property's name.</summary>
    public static bool MayBe(ISimpleAssignmentOperation set) => CodeStatements.NameOf(set) is "AssumedBy" or "PublicReadAccess" or "PolicyArn" or "ManagedPolicyArns" or "AuthType";

    /// <summary>The policy that an operation stands for; null for another operation, and where it is not known to whom it opens what.</summary>
    public static PolicyObjects? At(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } set when MayBe(set) => OfProperty(property, set),
        IInvocationOperation call when MayBe(call) => OfCall(call),
        _ => null,
    };

    private static PolicyObjects? OfProperty(IPropertySymbol property, ISimpleAssignmentOperation set)
    {
        IOperation value = CodeValues.Bare(set.Value);
        switch (property.Name)
        {
            case "AssumedBy" when IsIn(property.ContainingType, Iam):
                return Trust(value);
            case "PublicReadAccess" when IsIn(property.ContainingType, S3) && value.ConstantValue is { HasValue: true, Value: true }:
                return Open(set, "AWS::S3::Bucket", "s3:GetObject");
            case "AuthType" when IsIn(property.ContainingType, Lambda) && value is IFieldReferenceOperation { Field.Name: "NONE" }:
                return Open(set, "AWS::Lambda::Function", "lambda:InvokeFunctionUrl");
            case "PolicyArn" or "ManagedPolicyArns" when IsIn(property.ContainingType, "Amazon."):
                return (CodeValues.ItemsOf(value) ?? [value]).Select(Managed).FirstOrDefault(policy => policy is not null);
            default:
                return null;
        }
    }

    private static PolicyObjects? OfCall(IInvocationOperation call)
    {
        IOperation[] arguments = [.. call.Arguments.Where(argument => !argument.IsImplicit).Select(argument => CodeValues.Bare(argument.Value))];
        switch (call.TargetMethod.Name, arguments)
        {
            case ("FromAwsManagedPolicyName", [var name]) when IsIn(call.TargetMethod.ContainingType, Iam):
                return Managed(name);
            case ("FromManagedPolicyArn", [_, _, var arn]) when IsIn(call.TargetMethod.ContainingType, Iam):
                return Managed(arn);
            case ("AddPermission", [_, IObjectCreationOperation { Type.Name: "Permission" } permission]) when IsIn(call.TargetMethod.ContainingType, Lambda):
                return Permission(permission);
            // What becomes of a grant that is kept, or whose statement is changed, is not looked into.
            case ("GrantPublicAccess", _) when call.Parent is IExpressionStatementOperation && IsIn(call.TargetMethod.ContainingType, S3):
                return Open(call, "AWS::S3::Bucket", "s3:GetObject");
            case (_, [IObjectCreationOperation { Type.Name: "AnyPrincipal" or "StarPrincipal" or "Anyone", Arguments.Length: 0 } everybody, ..])
                when call.Parent is IExpressionStatementOperation && IsIn(call.TargetMethod.ContainingType, Cdk) && ActionOf(call) is { } action:
                return Open(everybody, PolicySinks.ResourceOf(call.Instance?.Type), action);
            default:
                return null;
        }
    }

    private static PolicyObjects Trust(IOperation principal)
    {
        var statement = new CodeStatement(principal);
        CdkPrincipals.Add(principal, "Principal", statement);
        statement.AddTo("Action", [new CodeItem(principal, ActionOfTrust(principal))]);
        return Of(principal, statement, new PolicyContext(PolicyType.Trust));
    }

    private static string ActionOfTrust(IOperation principal) => principal is IObjectCreationOperation { Type.Name: var type } creation ? type switch
    {
        "WebIdentityPrincipal" or "OpenIdConnectPrincipal" => "sts:AssumeRoleWithWebIdentity",
        "SamlPrincipal" or "SamlConsolePrincipal" => "sts:AssumeRoleWithSAML",
        "FederatedPrincipal" when creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "assumeRoleAction")?.Value is { ConstantValue: { HasValue: true, Value: string action } } => action,
        _ => "sts:AssumeRole",
    }
    : UnknownText.Mark.ToString();

    private static PolicyObjects? Permission(IObjectCreationOperation permission)
    {
        var statement = new CodeStatement(permission);
        CodeItem action = new(permission, "lambda:InvokeFunction");
        bool hasPrincipal = false;
        foreach (IOperation part in CodeValues.PartsOf(permission.Initializer))
        {
            if (part is not ISimpleAssignmentOperation { Value: var value } set)
            {
                return null;
            }

            switch (CodeStatements.NameOf(set))
            {
                case "Principal":
                    CdkPrincipals.Add(value, "Principal", statement);
                    hasPrincipal = true;
                    break;
                case "Action":
                    action = new CodeItem(value);
                    break;
                case "SourceAccount":
                    statement.AddCondition(value, "StringEquals", "aws:SourceAccount", new CodeItem(value));
                    break;
                case "SourceArn":
                    statement.AddCondition(value, "ArnLike", "aws:SourceArn", new CodeItem(value));
                    break;
                case "OrganizationId":
                    statement.AddCondition(value, "StringEquals", "aws:PrincipalOrgID", new CodeItem(value));
                    break;
                case "FunctionUrlAuthType" or "Scope" or "InvokedViaFunctionUrl":
                    break;
                default:
                    statement.LoseConditions(value);
                    break;
            }
        }

        statement.AddTo("Action", [action]);
        statement.AddTo("Resource", [CodeItem.Unknown(permission)]);
        return hasPrincipal ? Of(permission, statement, new PolicyContext(PolicyType.Resource, "AWS::Lambda::Function")) : null;
    }

    private static PolicyObjects Open(IOperation at, string? resourceType, string action)
    {
        var statement = new CodeStatement(at);
        statement.AddPrincipal("Principal", "*", new CodeItem(at, "*"));
        statement.AddTo("Action", [new CodeItem(at, action)]);
        bool isTrust = action == "sts:AssumeRole";
        if (!isTrust)
        {
            statement.AddTo("Resource", [CodeItem.Unknown(at)]);
        }

        return Of(at, statement, isTrust ? new PolicyContext(PolicyType.Trust) : new PolicyContext(PolicyType.Resource, resourceType));
    }

    private static PolicyObjects? Managed(IOperation name) => CodeValues.Bare(name).ConstantValue is { HasValue: true, Value: string constant } && PolicyDocuments.OfManagedPolicy(constant) is { } document
        ? new PolicyObjects(name, json => json.Add(document, JsonOfCode.SpanOf(name))) { Context = new PolicyContext(PolicyType.Identity), IsImplied = true }
        : null;

    private static PolicyObjects Of(IOperation whole, CodeStatement statement, PolicyContext context) =>
        new(whole, json => json.Document([statement], JsonOfCode.SpanOf(whole), item => item.Write(json))) { Context = context, IsImplied = true };

    /// <summary>An action that a method grants; null for one that is not known.</summary>
    private static string? ActionOf(IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        bool Has(string word) => name.IndexOf(word, StringComparison.Ordinal) > 0;
        return PolicySinks.ResourceOf(call.Instance?.Type) switch
        {
            "AWS::S3::Bucket" => Has("Read") ? "s3:GetObject" : Has("Delete") ? "s3:DeleteObject" : "s3:PutObject",
            "AWS::SQS::Queue" => Has("Consume") ? "sqs:ReceiveMessage" : Has("Purge") ? "sqs:PurgeQueue" : "sqs:SendMessage",
            "AWS::SNS::Topic" => Has("Subscribe") ? "sns:Subscribe" : "sns:Publish",
            "AWS::KMS::Key" => Has("Decrypt") ? "kms:Decrypt" : "kms:Encrypt",
            "AWS::SecretsManager::Secret" => Has("Write") ? "secretsmanager:PutSecretValue" : "secretsmanager:GetSecretValue",
            "AWS::DynamoDB::Table" => Has("Write") ? "dynamodb:PutItem" : "dynamodb:GetItem",
            "AWS::ECR::Repository" => Has("Push") ? "ecr:PutImage" : "ecr:BatchGetImage",
            "AWS::Lambda::Function" => "lambda:InvokeFunction",
            _ => call.Instance?.Type?.Name is "Role" or "IRole" && Has("AssumeRole") ? "sts:AssumeRole" : null,
        };
    }

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace?.ToDisplayString().StartsWith(space, StringComparison.Ordinal) == true;
}
