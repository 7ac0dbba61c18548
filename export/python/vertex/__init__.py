"""Models, traffic split and policy of Vertex AI endpoints."""
