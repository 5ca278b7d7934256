"""/admin"""
